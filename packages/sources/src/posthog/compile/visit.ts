import type { EvaluationContext, EvaluationScope, TraceStep } from '@halyard/core';
import type { Clock } from '../dialect/test.ts';
import { textOf } from '../dialect/texts.ts';
import type { Flag } from './flag.ts';
import type { Outcome } from './outcome.ts';
import { isPlain, ownProperty, type Properties, type Subject } from './subject.ts';

/** One visitor: the person, and whatever is found out about them once. */
export class Visit implements Subject, Clock {
  /** The distinct id. */
  readonly bucket: string;
  readonly properties: Properties;
  readonly isPlain: boolean;
  /** Per cohort, whether the person is in it: 0 not tried, else the verdict and one. Undefined while few flags are read. */
  cohorts: Uint8Array | undefined = undefined;
  /** Where every step is written down; undefined on ordinary reads. */
  trace: TraceStep[] | undefined;
  private readonly scope: EvaluationScope;
  private subjects: Map<string, Subject | undefined> | undefined = undefined;
  private dependencies: Map<Flag, Outcome> | undefined = undefined;

  /** `distinctId`: of the scope's context, see {@link distinctIdOf}. */
  constructor(scope: EvaluationScope, distinctId: string) {
    const { context, trace } = scope;
    this.bucket = distinctId;
    this.properties = context;
    this.isPlain = isPlain(context);
    this.trace = trace;
    this.scope = scope;
  }

  get isPerson(): boolean {
    return true;
  }

  get impliedName(): string {
    return 'distinct_id';
  }

  get implied(): unknown {
    return this.bucket;
  }

  get now(): number | undefined {
    return this.scope.now;
  }

  /** The visitor's group of a type; undefined when they are in none. */
  group(type: string): Subject | undefined {
    return this.once(type, () => {
      const groups = this.own('groups');
      if (groups === undefined || !Object.hasOwn(groups, type)) return undefined;
      return new Group(groups[type], this.own('groupProperties'), type);
    });
  }

  /** The person, bucketed by the device they are at; undefined when it is not known. */
  get device(): Subject | undefined {
    return this.once(DEVICE, () => {
      const id = ownProperty(this.properties, '$device_id');
      return id === undefined || id === null || id === '' ? undefined : new Device(this, id);
    });
  }

  /** What a flag is that another one depends on. */
  outcomeOf(flag: Flag): Outcome {
    this.dependencies ??= new Map();
    const known = this.dependencies.get(flag);
    if (known !== undefined) return known;
    // The steps of the flag that is explained, and not those of others.
    const { trace } = this;
    this.trace = undefined;
    const outcome = flag.evaluate(this);
    this.trace = trace;
    this.dependencies.set(flag, outcome);
    return outcome;
  }

  /** What a flag is, if evaluation came upon it before; undefined if not, or if it could not be told. */
  found(flag: Flag): Outcome['value'] {
    return this.dependencies?.get(flag)?.value;
  }

  /** Evaluates a flag as if nothing had been evaluated before. */
  afresh(flag: Flag): Outcome {
    const { dependencies, cohorts } = this;
    this.dependencies = undefined;
    this.cohorts = undefined;
    const outcome = flag.evaluate(this);
    this.dependencies = dependencies;
    this.cohorts = cohorts;
    return outcome;
  }

  private once(name: string, make: () => Subject | undefined): Subject | undefined {
    this.subjects ??= new Map();
    if (this.subjects.has(name)) return this.subjects.get(name);
    const subject = make();
    this.subjects.set(name, subject);
    return subject;
  }

  private own(name: string): Properties | undefined {
    const value = ownProperty(this.properties, name);
    return typeof value === 'object' && value !== null ? (value as Properties) : undefined;
  }
}

/** No group type: those have names that are not empty. */
const DEVICE = '';

/** A group that the visitor is in. */
class Group implements Subject {
  readonly bucket: string;
  readonly properties: Properties;
  readonly isPlain: boolean;
  readonly isPerson = false;
  readonly impliedName = '$group_key';
  readonly implied: unknown;

  constructor(key: unknown, allProperties: Properties | undefined, type: string) {
    const properties = allProperties && ownProperty(allProperties, type);
    this.bucket = textOf(key) ?? '';
    this.implied = key;
    this.properties =
      typeof properties === 'object' && properties !== null ? (properties as Properties) : NONE;
    this.isPlain = isPlain(this.properties);
  }
}

const NONE: Properties = Object.freeze({});

/** A person whose bucket is another one. */
class Device implements Subject {
  readonly bucket: string;
  readonly properties: Properties;
  readonly isPlain: boolean;
  readonly isPerson = true;
  readonly impliedName = 'distinct_id';
  readonly implied: unknown;

  constructor(person: Subject, id: unknown) {
    this.bucket = textOf(id) ?? '';
    this.implied = person.implied;
    this.properties = person.properties;
    this.isPlain = person.isPlain;
  }
}

/** Who a context is about; undefined for a context without a targeting key of its own. */
export function distinctIdOf(context: EvaluationContext): string | undefined {
  const { targetingKey } = context;
  if (typeof targetingKey !== 'string') return undefined;
  return isPlain(context) || Object.hasOwn(context, 'targetingKey') ? targetingKey : undefined;
}
