import type {
  FlagDefault,
  FlagDefaultOf,
  FlagKey,
  FlagKeyOf,
  FlagType,
  FlagTypeOf,
  FlagValue,
} from './index.ts';

// Checked by `tsc -p tsconfig.tests.json`; nothing here runs. The real `HalyardFlags` stays empty,
// since a declaration would reach every test: what it would do is shown with a table of its own.

interface Shop {
  'new-checkout': boolean;
  'button-color': 'red' | 'blue';
  limits: { readonly items: number };
  ratio: number;
}

/** True when two types are the same, not merely assignable. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Read<K, D> = FlagTypeOf<Shop, K, D>;

declare function read<K extends FlagKeyOf<Shop>, D extends FlagDefaultOf<Shop, K>>(
  key: K,
  defaultValue: D,
): FlagTypeOf<Shop, K, D>;
declare function readAny<K extends FlagKey, D extends FlagDefault<K>>(
  key: K,
  defaultValue: D,
): FlagType<K, D>;

// Keys: the declared ones, or any while there are none.
true satisfies Same<FlagKeyOf<Shop>, 'new-checkout' | 'button-color' | 'limits' | 'ratio'>;
true satisfies Same<FlagKey, string>;
true satisfies Same<FlagKeyOf<{ 1: boolean; a: boolean }>, 'a'>;

// A declared flag has its declared type, whatever the default's literal.
true satisfies Same<Read<'new-checkout', false>, boolean>;
true satisfies Same<Read<'button-color', 'red'>, 'red' | 'blue'>;
true satisfies Same<Read<'limits', { items: 1 }>, { readonly items: number }>;

// A null or undefined default may come back.
true satisfies Same<Read<'new-checkout', null>, boolean | null>;
true satisfies Same<Read<'ratio', undefined>, number | undefined>;
true satisfies Same<Read<'ratio', 1 | null>, number | null>;

// A default of every type says nothing, so the declared type stays exact.
true satisfies Same<Read<'ratio', FlagValue>, number>;
true satisfies Same<Read<'ratio', unknown>, number>;

// An undeclared flag has its default's type, widened from the literal.
true satisfies Same<FlagType<'f', true>, boolean>;
true satisfies Same<FlagType<'f', 'red'>, string>;
true satisfies Same<FlagType<'f', 'red' | 'blue'>, string>;
true satisfies Same<FlagType<'f', 1>, number>;
true satisfies Same<FlagType<'f', { items: number }>, { items: number }>;
true satisfies Same<FlagType<'f', readonly string[]>, readonly string[]>;
true satisfies Same<FlagType<'f', 1 | 'a'>, number | string>;

// With a null or undefined default a value of any type is accepted, and so must the type be.
true satisfies Same<FlagType<'f', null>, FlagValue>;
true satisfies Same<FlagType<'f', undefined>, FlagValue | undefined>;
true satisfies Same<FlagType<'f', FlagValue>, FlagValue>;

// As called.
read('new-checkout', false) satisfies boolean;
read('button-color', 'blue') satisfies 'red' | 'blue';
read('limits', { items: 3 }) satisfies { readonly items: number };
read('ratio', null) satisfies number | null;
readAny('anything', false) satisfies boolean;
readAny('anything', 'text') satisfies string;
readAny('anything', ['a']) satisfies string[];

// Must not compile: keys that are not declared.
// @ts-expect-error a misspelt key
read('new-chekout', false);
// @ts-expect-error any other text
read('toString', false);
// @ts-expect-error a key that is no literal
read('new-checkout' as string, false);

// Must not compile: defaults of another type than the flag's.
// @ts-expect-error text for a boolean
read('new-checkout', 'yes');
// @ts-expect-error a colour the flag does not have
read('button-color', 'green');
// @ts-expect-error an object of another shape
read('limits', { count: 3 });

// Must not compile: results used as what they are not.
// @ts-expect-error a boolean is no text
read('new-checkout', false) satisfies string;
// @ts-expect-error the default may come back
read('ratio', null) satisfies number;
// @ts-expect-error the literal has been widened
readAny('anything', false) satisfies false;
// @ts-expect-error a value of any type
readAny('anything', null) satisfies boolean | null;
