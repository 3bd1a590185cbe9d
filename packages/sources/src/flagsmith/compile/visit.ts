import type { EvaluationContext } from '@halyard/core';
import { type TraitValue, toTraitValue } from '../dialect/trait-value.ts';
import type { FlagsmithEvaluationContext } from '../wire/evaluation-context.ts';
import type { EnvironmentModel } from './model.ts';

/** The identity of an evaluation, with room for what is found out about it once. */
export interface Visit {
  /** Undefined when flags are evaluated for the environment, and for nobody. */
  readonly identifier: string | undefined;
  /**
   * What the identity is bucketed by, without the text that all identities' begin with; undefined when
   * there is nothing to bucket by.
   */
  readonly bucketKey: string | undefined;
  /** Traits by name; looked at before {@link attributes}. */
  readonly traits: object | undefined;
  /** The application's context, whose attributes are traits, too. */
  readonly attributes: object | undefined;
  /** Per segment: 0 not tried, 1 matched, 2 did not match. Undefined while few flags are read. */
  tried: Uint8Array | undefined;
  /** The whole evaluation context, made when a JSONPath needs it. */
  root: unknown;
  /** Whose flags are evaluated. */
  readonly model: EnvironmentModel;
}

/** Attributes of the application's context that are no traits. */
const NO_TRAITS: ReadonlySet<string> = new Set(['targetingKey', 'traits']);

/** The identity of an evaluation context, or nobody. */
export class ContextVisit implements Visit {
  readonly identifier: string | undefined;
  readonly bucketKey: string | undefined;
  readonly traits: object | undefined;
  readonly attributes = undefined;
  tried: Uint8Array | undefined = undefined;
  root: unknown = undefined;

  readonly model: EnvironmentModel;

  constructor(model: EnvironmentModel, { environment, identity }: FlagsmithEvaluationContext) {
    this.model = model;
    this.identifier = identity?.identifier;
    this.bucketKey = identity
      ? identity.key || `${environment.key}_${identity.identifier}`
      : undefined;
    this.traits = identity?.traits ?? undefined;
  }
}

/** The application's visitor: the targeting key is the identifier, all other attributes are traits. */
export class ApplicationVisit implements Visit {
  readonly identifier: string;
  readonly traits: object | undefined;
  readonly attributes: object;
  tried: Uint8Array | undefined = undefined;
  root: unknown = undefined;
  readonly model: EnvironmentModel;

  /** `identifier`: of the context, see {@link identifierOf}. */
  constructor(model: EnvironmentModel, context: EvaluationContext, identifier: string) {
    this.identifier = identifier;
    const traits =
      isPlain(context) || Object.hasOwn(context, 'traits') ? context.traits : undefined;
    this.traits = typeof traits === 'object' && traits !== null ? traits : undefined;
    this.attributes = context;
    this.model = model;
  }

  get bucketKey(): string {
    return this.identifier;
  }
}

/** Who a context is about; undefined for a context without a targeting key of its own. */
export function identifierOf(context: EvaluationContext): string | undefined {
  const { targetingKey } = context;
  if (typeof targetingKey !== 'string' || targetingKey === '') return undefined;
  return isPlain(context) || Object.hasOwn(context, 'targetingKey') ? targetingKey : undefined;
}

const PLAIN = Object.prototype;

/**
 * Whether an object inherits nothing but what every object does. Looking a name up and asking whether
 * it is the object's own takes several times as long as reading it, so plain objects are only read.
 */
function isPlain(holder: object): boolean {
  return Object.getPrototypeOf(holder) === PLAIN;
}

/**
 * Whether a trait may be any attribute and no other property has its name by inheritance. Nearly all are
 * so, and conditions read them by {@link ordinaryTrait}.
 */
export function isOrdinary(name: string): boolean {
  return !NO_TRAITS.has(name) && !(name in PLAIN);
}

/** The value of an {@link isOrdinary | ordinary} trait. */
export function ordinaryTrait(visit: Visit, name: string): TraitValue {
  const { traits, attributes } = visit;
  if (traits !== undefined || attributes === undefined || !isPlain(attributes)) {
    return toTraitValue(givenTrait(visit, name));
  }
  const value = (attributes as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : toTraitValue(value);
}

/** A trait as the application gave it. Own properties only: contexts and traits may have any prototype. */
export function givenTrait({ traits, attributes }: Visit, name: string): unknown {
  const value = traits === undefined ? undefined : ownProperty(traits, name);
  if (value !== undefined || attributes === undefined || NO_TRAITS.has(name)) return value;
  return ownProperty(attributes, name);
}

function ownProperty(holder: object, name: string): unknown {
  return Object.hasOwn(holder, name)
    ? (holder as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Every trait by its name, as it was given: lists and objects keep their parts. */
export function allTraits({ traits = {}, attributes = {} }: Visit): Record<string, unknown> {
  const all: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(attributes)) {
    if (!NO_TRAITS.has(name)) all[name] = unwrapped(value);
  }
  for (const [name, value] of Object.entries(traits)) all[name] = unwrapped(value);
  return all;
}

/** `{ value, transient }` stands for its value. */
export function unwrapped(given: unknown): unknown {
  const isWrapped = typeof given === 'object' && given !== null && Object.hasOwn(given, 'value');
  return isWrapped ? (given as { readonly value: unknown }).value : given;
}
