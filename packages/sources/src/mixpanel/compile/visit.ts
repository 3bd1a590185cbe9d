import type { EvaluationContext, EvaluationScope, TraceStep } from '@halyard/core';
import { isJsonObject } from '@halyard/core';
import { Subject } from '../dialect/bucket.ts';
import type { KnownNames } from '../dialect/property-names.ts';
import { RuleScope } from '../dialect/rule-scope.ts';

/** One visitor, and what is found out about them once. Throws what reading the context throws. */
export class Visit {
  /** Per condition, whether it holds: 0 not tried, 1 yes, 2 no. Undefined while few flags are read. */
  held: Uint8Array | undefined = undefined;
  /** Where every step is written down; undefined on ordinary reads. */
  readonly trace: TraceStep[] | undefined;
  private readonly context: EvaluationContext;
  private readonly names: KnownNames;
  // Nearly all flags are about one field, so the first is kept in fields of its own.
  private firstField: string | undefined = undefined;
  private first: Subject | undefined = undefined;
  private others: Map<string, Subject | undefined> | undefined = undefined;
  private scope: RuleScope | undefined = undefined;
  private isScopeKnown = false;

  constructor({ context, trace }: EvaluationScope, names: KnownNames) {
    this.context = context;
    this.trace = trace;
    this.names = names;
  }

  /** Whom a field of the context names; undefined when it is missing, null or empty. */
  subject(field: string): Subject | undefined {
    if (field === this.firstField) return this.first;
    if (this.firstField === undefined) {
      this.first = this.read(field);
      this.firstField = field;
      return this.first;
    }
    this.others ??= new Map();
    if (!this.others.has(field)) this.others.set(field, this.read(field));
    return this.others.get(field);
  }

  /** The distinct id, by which testers are known; undefined when there is none. */
  get distinctId(): string | undefined {
    const value = this.own('distinct_id');
    return value ? this.subject('distinct_id')?.text : undefined;
  }

  /** The custom properties, for rules; undefined when they are no object. */
  get properties(): RuleScope | undefined {
    if (this.isScopeKnown) return this.scope;
    const given = this.own('custom_properties');
    this.scope = isJsonObject(given) ? this.scopeOf(given) : undefined;
    this.isScopeKnown = true;
    return this.scope;
  }

  /** The same, where a list is an object as well. */
  get anyProperties(): RuleScope | undefined {
    const given = this.own('custom_properties');
    if (!Array.isArray(given)) return this.properties;
    return this.scopeOf({ ...given, length: given.length });
  }

  private scopeOf(given: object): RuleScope {
    return new RuleScope(given, this.names.namesOf(given));
  }

  private read(field: string): Subject | undefined {
    const value = this.own(field);
    if (value === undefined || value === null || value === '') return undefined;
    return new Subject(typeof value === 'string' ? value : textOf(value));
  }

  private own(name: string): unknown {
    return ownValue(this.context, name);
  }
}

/** Whether a field of the context is a text that is not empty, which is enough to name somebody. */
export function isText(context: EvaluationContext, field: string): boolean {
  const value = ownValue(context, field);
  return typeof value === 'string' && value !== '';
}

function ownValue(context: EvaluationContext, name: string): unknown {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}

/** As Mixpanel's OpenFeature providers have it, a date is its ISO 8601 text. */
function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
