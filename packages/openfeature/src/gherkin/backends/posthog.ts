import type { JsonValue } from '@halyard/core';
import {
  type PosthogCondition,
  type PosthogFlag,
  type PosthogProperty,
  posthog as source,
} from '@halyard/sources/posthog';
import { type PosthogEvaluation, startPosthogEmulator } from '@halyard/testing';
import { readFlagFile, type SpecCondition, type SpecFlag } from '../flag-file.ts';
import type { Skip } from '../skips.ts';
import { variantFor } from '../spec-evaluation.ts';
import { ownMetadata, type RunningBackend, SOMEBODY, type SpecBackend } from './backend.ts';

const IS_ON_TOO = 'any flag of PostHog’s can be read as a boolean, which is whether it is on';
const NAMES_ONLY = 'the value of a variant of PostHog’s is its name';

const EMPTY_TEXTS: readonly Skip[] = [
  'Resolves zero value',
  'Resolves zero value with targeting',
  'Resolves zero value with targeting using default',
  'Empty evaluation context',
  'Null context values',
].map((scenario) => ({
  scenario,
  withStep: 'a String-flag',
  reason: 'a text is the name of a variant, which cannot be empty',
}));

const OTHER_NAMES: readonly Skip[] = [
  ...['a String-flag', 'a Integer-flag', 'a Float-flag'].flatMap((withStep) => [
    { scenario: 'Variant field population', withStep, reason: NAMES_ONLY },
    { scenario: 'Complete evaluation details structure', withStep, reason: NAMES_ONLY },
  ]),
  ...['string', 'integer', 'float'].map((type) => ({
    scenario: `Resolves ${type} details`,
    reason: NAMES_ONLY,
  })),
];

const DECIDED: ReadonlySet<string> = new Set(['STATIC', 'DEFAULT', 'TARGETING_MATCH']);

/** PostHog's flag definitions, evaluated here; what they leave open is asked of PostHog. */
export const posthog: SpecBackend = {
  name: 'posthog',
  start,
  contextOf: (attributes) => ({ targetingKey: SOMEBODY, ...attributes }),
  reasonOf(reason, value) {
    if (!DECIDED.has(reason)) return reason;
    return value === false ? 'DEFAULT' : 'TARGETING_MATCH';
  },
  reasons: [
    'every flag that is on is so by a condition that matched: TARGETING_MATCH',
    'every flag that is off is so because none did: DEFAULT',
  ],
  skips: [
    {
      scenario: 'Type mismatch error',
      withStep: 'a Boolean-flag',
      reason: IS_ON_TOO,
    },
    {
      scenario: 'Type mismatch error',
      withStep: 'a String-flag',
      reason: 'a boolean flag with a named variant can be read as that name',
    },
    { scenario: 'Type error', withStep: 'a boolean-flag', reason: IS_ON_TOO },
    ...EMPTY_TEXTS,
    ...OTHER_NAMES,
    ...ownMetadata('metadata are what PostHog says of the flag'),
  ],
};

async function start(): Promise<RunningBackend> {
  const flags = readFlagFile();
  const emulator = await startPosthogEmulator({
    definitions: { flags: flags.map(flagOf) },
    evaluate: answersOf(flags),
  });
  const { host, projectKey, secretKey } = emulator;
  return {
    source: source({ host, projectKey, secretKey }),
    fail: (reply) => emulator.fail('definitions', reply),
    asked: () => emulator.received('definitions', 1),
    close: () => emulator.close(),
  };
}

function answersOf(flags: readonly SpecFlag[]): PosthogEvaluation {
  return (_definitions, { person_properties: attributes = {} }) => ({
    flags: Object.fromEntries(
      flags.map((flag) => {
        const variant = variantFor(flag, attributes);
        return [flag.key, variant === undefined ? false : answerOf(flag, variant)];
      }),
    ),
  });
}

function answerOf(flag: SpecFlag, variant: string): string | false {
  return flag.variants[variant] === false ? false : nameOf(flag, variant);
}

function flagOf(flag: SpecFlag, index: number): PosthogFlag {
  const { key, isDisabled, variants, defaultVariant, targeting } = flag;
  const names = Object.keys(variants).map((variant) => nameOf(flag, variant));
  return {
    id: index + 1,
    key,
    active: !isDisabled,
    filters: {
      groups: [
        ...conditionFor(flag, targeting?.variant, targeting?.conditions),
        ...conditionFor(flag, defaultVariant),
      ],
      multivariate: { variants: names.map((name) => ({ key: name, rollout_percentage: 0 })) },
      payloads: Object.fromEntries(
        Object.entries(variants).flatMap(([variant, value]) =>
          isObject(value) ? [[variant, JSON.stringify(value)]] : [],
        ),
      ),
    },
  };
}

/** What is off needs no condition: it is what is left when none matches. */
function conditionFor(
  flag: SpecFlag,
  variant: string | undefined,
  conditions: readonly SpecCondition[] = [],
): readonly PosthogCondition[] {
  if (variant === undefined || flag.variants[variant] === false) return [];
  return [{ properties: conditions.flatMap(propertiesOf), variant: nameOf(flag, variant) }];
}

/** A text or number is the variant's name; objects are payloads, and booleans are on by any name. */
function nameOf({ variants }: SpecFlag, variant: string): string {
  const value = variants[variant];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : variant;
}

function isObject(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

function propertiesOf(condition: SpecCondition): readonly PosthogProperty[] {
  const property = (operator: string, value: JsonValue): PosthogProperty => ({
    key: condition.attribute,
    type: 'person',
    operator,
    value,
  });
  if (condition.is === 'falsy') return [property('is_not', true)];
  const { value } = condition;
  if (condition.is === 'above') return [property('gt', value)];
  // PostHog compares texts: 29 is equal to 29.0 only where neither is above the other.
  return typeof value === 'number'
    ? [property('gte', value), property('lte', value)]
    : [property('exact', value)];
}
