import type { EvaluationContext } from '@halyard/core';

/** Keys that are properties of every plain object, and others nobody would choose. */
export const HOSTILE_KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  ' ',
  '0',
  '\u0000',
  '\ud800',
  'x'.repeat(100_000),
];

/**
 * Contexts an application may give by mistake, or be made to give, by what is odd about them. Each
 * attribute named is hostile in turn; the names should be those that rules read.
 */
export function hostileContexts(attributes: readonly string[]): ReadonlyMap<string, unknown> {
  const contexts = new Map<string, unknown>();
  for (const [what, value] of hostileValues()) {
    contexts.set(`every attribute is ${what}`, assign({}, attributes, value));
  }
  contexts.set('every attribute is the context itself', cycle(attributes));
  contexts.set('every attribute throws when it is read', throwingGetters(attributes));
  contexts.set('inherited attributes', Object.create(assign({}, attributes, 'inherited')));
  contexts.set('no prototype', assign(Object.create(null), attributes, 'text'));
  contexts.set('a proxy whose traps throw', throwingProxy());
  contexts.set('a revoked proxy', revokedProxy());
  contexts.set('a class instance', new Visitor());
  contexts.set('a frozen object', Object.freeze(assign({}, attributes, 'text')));
  contexts.set('a list', ['targetingKey']);
  contexts.set('null', null);
  contexts.set('undefined', undefined);
  contexts.set('text', 'visitor-1');
  contexts.set('a number', 7);
  return contexts;
}

function hostileValues(): readonly [what: string, value: unknown][] {
  return [
    ['undefined', undefined],
    ['null', null],
    ['empty text', ''],
    ['a million characters', 'x'.repeat(1_000_000)],
    ['a hundred thousand emoji', '😀'.repeat(100_000)],
    ['a lone surrogate', '\udc00\ud800'],
    ['NaN', Number.NaN],
    ['infinite', Number.NEGATIVE_INFINITY],
    ['negative zero', -0],
    ['a big integer', 10n ** 40n],
    ['a symbol', Symbol('attribute')],
    ['a function', throwing],
    ['an invalid date', new Date(Number.NaN)],
    ['a date beyond the calendar', new Date(8.64e15)],
    ['an object that throws when converted', unprintable()],
    ['a proxy whose traps throw', throwingProxy()],
    ['a revoked proxy', revokedProxy()],
    ['a class instance', new Visitor()],
    ['an object without prototype', Object.create(null)],
    ['a Map', new Map([['targetingKey', 'visitor-1']])],
    ['ten thousand objects deep', nested(10_000, (inner) => ({ inner }))],
    ['ten thousand lists deep', nested(10_000, (inner) => [inner])],
    ['a long list', Array.from({ length: 10_000 }, (_, i) => i)],
    ['a list with holes', new Array(1_000)],
    ['a list of hostile values', [unprintable(), throwingProxy(), undefined, null]],
  ];
}

function throwing(): never {
  throw new Error('the attribute is hostile');
}

function assign(target: object, attributes: readonly string[], value: unknown): object {
  for (const name of attributes) define(target, name, { value });
  return target;
}

function throwingGetters(attributes: readonly string[]): object {
  const target = {};
  for (const name of attributes) define(target, name, { get: throwing });
  return target;
}

function define(target: object, name: string, attribute: PropertyDescriptor): void {
  Object.defineProperty(target, name, { ...attribute, enumerable: true, configurable: true });
}

function cycle(attributes: readonly string[]): object {
  const context = {};
  return assign(context, attributes, context);
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'core';
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

function unprintable(): object {
  return {
    toString: throwing,
    valueOf: throwing,
    toJSON: throwing,
    [Symbol.toPrimitive]: throwing,
    [Symbol.iterator]: throwing,
  };
}

function throwingProxy(): object {
  return new Proxy(
    {},
    {
      get: throwing,
      has: throwing,
      ownKeys: throwing,
      getOwnPropertyDescriptor: throwing,
      getPrototypeOf: throwing,
    },
  );
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Attributes as accessors of a class, and private state they need. */
class Visitor {
  readonly #key = 'visitor-1';

  get targetingKey(): string {
    return this.#key;
  }
}

/** The names of all attributes, the targeting key included. */
export function attributesOf(contexts: readonly EvaluationContext[]): readonly string[] {
  return [...new Set(['targetingKey', ...contexts.flatMap((context) => Object.keys(context))])];
}
