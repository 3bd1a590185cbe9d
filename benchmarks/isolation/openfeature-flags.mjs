import { environment, NOTHING } from './environment.mjs';

/** The flags that differ between visitors, and the variant that a context has of each. */
const VARIANTS = { visitor: ({ id }) => id, said: ({ said }) => said };

/** Every visitor's flags for OpenFeature's own providers, which are told whom to decide for. */
export const FLAGS = flagsFor((key) => (context) => variantOf(key, context));

/** One visitor's flags, decided already. */
export function flagsOf(context) {
  return flagsFor((key) => () => variantOf(key, context));
}

function flagsFor(evaluatorOf) {
  const ownFlags = environment.flags.filter(({ key }) => Object.hasOwn(VARIANTS, key));
  return Object.fromEntries(
    ownFlags.map(({ key, variants }) => [
      key,
      { disabled: false, variants, defaultVariant: NOTHING, contextEvaluator: evaluatorOf(key) },
    ]),
  );
}

function variantOf(key, context) {
  return VARIANTS[key](context) ?? NOTHING;
}
