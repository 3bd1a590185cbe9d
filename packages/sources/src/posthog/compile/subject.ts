/** Properties by name, as the application gave them. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whom a filter looks at: a person or a group. */
export interface Subject {
  /** What percentages are computed from. */
  readonly bucket: string;
  /** For a person the whole context, whose {@link isReserved | reserved} attributes are no properties. */
  readonly properties: Properties;
  /** Whether the properties inherit nothing but what every object does. */
  readonly isPlain: boolean;
  readonly isPerson: boolean;
  /** The property that every subject has, given or not. */
  readonly impliedName: string;
  readonly implied: unknown;
}

/** What a property is that nobody gave. */
export const ABSENT: unique symbol = Symbol('absent');

/** Attributes of the application's context that are no properties of the person. */
const RESERVED: ReadonlySet<string> = new Set(['targetingKey', 'groups', 'groupProperties']);
const IMPLIED: ReadonlySet<string> = new Set(['distinct_id', '$group_key']);
const PLAIN = Object.prototype;

/** Whether an attribute has a meaning of its own and is no property. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * Whether an object inherits nothing but what every object does. Looking a name up and asking whether
 * it is the object's own takes several times as long as reading it, so plain objects are only read.
 */
export function isPlain(holder: object): boolean {
  return Object.getPrototypeOf(holder) === PLAIN;
}

/** Whether a name means nothing to contexts and nothing to the language. Nearly all are so. */
export function isOrdinary(name: string): boolean {
  return !(RESERVED.has(name) || IMPLIED.has(name) || name in PLAIN);
}

/** The value of an {@link isOrdinary | ordinary} property; {@link ABSENT} when it is not there. */
export function ordinaryProperty({ properties, isPlain }: Subject, name: string): unknown {
  if (!isPlain) return given(properties, name);
  const value = properties[name];
  return value === undefined ? given(properties, name) : value;
}

/** The value of any property; {@link ABSENT} when it is not there. */
export function anyProperty(subject: Subject, name: string): unknown {
  const { properties, isPerson, impliedName, implied } = subject;
  if (isPerson && RESERVED.has(name)) return ABSENT;
  const value = given(properties, name);
  return value === ABSENT && name === impliedName ? implied : value;
}

function given(properties: Properties, name: string): unknown {
  return Object.hasOwn(properties, name) ? properties[name] : ABSENT;
}

/** An own property; undefined where there is none. */
export function ownProperty(holder: Properties, name: string): unknown {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}
