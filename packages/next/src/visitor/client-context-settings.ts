import { type FlagSource, isJsonObject } from '@halyard/core';
import type { ClientAttributeRule, ClientContextOptions } from '../flags.ts';
import { invalidOption } from '../invalid-option.ts';
import { type ValueSigner, valueSigner } from './signed-value.ts';

/** What browsers may set of the evaluation context, and how the next request brings it along. */
export interface ClientContextSettings {
  readonly rules: ReadonlyMap<string, ClientAttributeRule>;
  readonly signer: ValueSigner;
  /** Seconds. */
  readonly maxAge: number;
}

const ONE_DAY = 24 * 60 * 60;
/** Characters: what makes a secret that nobody tries out. */
const MIN_SECRET = 32;

/** Checks the option `client.context`. Throws a HalyardError INVALID_OPTION that names what is wrong. */
export function readClientContext(
  options: ClientContextOptions | undefined,
  source: FlagSource,
): ClientContextSettings | undefined {
  if (options === undefined) return undefined;
  const { attributes, secret, maxAge = ONE_DAY } = options;
  if (!isJsonObject(attributes)) {
    throw invalidOption(
      '`client.context.attributes`',
      "an object of names and what they may be, such as { cartSize: 'number' }",
    );
  }
  for (const [name, rule] of Object.entries(attributes)) checkAttribute(name, rule, source);
  if (typeof secret !== 'string' || secret.length < MIN_SECRET) {
    throw invalidOption('`client.context.secret`', `a text of at least ${MIN_SECRET} characters`);
  }
  if (!Number.isInteger(maxAge) || maxAge <= 0) {
    throw invalidOption('`client.context.maxAge`', 'a whole number of seconds above 0');
  }
  const signer = valueSigner(secret, 'client context');
  return { rules: new Map(Object.entries(attributes)), signer, maxAge };
}

const TYPES: readonly unknown[] = ['string', 'number', 'boolean'];

function checkAttribute(name: string, rule: unknown, source: FlagSource): void {
  const option = `\`client.context.attributes[${JSON.stringify(name)}]\``;
  if (name === 'targetingKey' || saysWho(name, source)) {
    throw invalidOption(
      option,
      'left out: it says who the visitor is, which is for `identify` to say and not for a browser',
    );
  }
  if (TYPES.includes(rule) || typeof rule === 'function' || Array.isArray(rule)) return;
  throw invalidOption(
    option,
    "'string', 'number', 'boolean', a list of the values it may have, or a function that tells",
  );
}

/** Whether the backend goes by this attribute, in place of the targeting key or beside it. */
function saysWho(name: string, { subject }: FlagSource): boolean {
  if (subject === undefined) return false;
  const visitor = { targetingKey: 'visitor' };
  const before = subjectOrNobody(subject, visitor);
  return ['text', 1, true].some(
    (value) => subjectOrNobody(subject, { ...visitor, [name]: value }) !== before,
  );
}

function subjectOrNobody(
  subject: NonNullable<FlagSource['subject']>,
  context: Parameters<typeof subject>[0],
): string | undefined {
  try {
    return subject(context);
  } catch {
    return undefined;
  }
}
