import type { Backend } from '../fixtures/backends/backend.ts';
import { BACKENDS } from '../fixtures/backends/index.ts';
import type { Skip } from './skips.ts';

/** A backend as the features see it. */
export interface SpecBackend extends Backend {
  /** How the backend says a reason of the specification's, for a flag that has this value. */
  reasonOf(reason: string, value: unknown): string;
  /** Where that is another word, in words to be printed. */
  readonly reasons: readonly string[];
  /** What the backend cannot express. */
  readonly skips: readonly Skip[];
}

type Peculiarities = Omit<SpecBackend, keyof Backend>;

/** The reasons of a flag that has a value. */
const DECIDED: ReadonlySet<string> = new Set(['STATIC', 'DEFAULT', 'TARGETING_MATCH']);

const flagd: Peculiarities = { reasonOf: (reason) => reason, reasons: [], skips: [] };

const ENABLED_TOO =
  'any flag of Flagsmith’s can be read as a boolean, which is whether it is enabled';

const flagsmith: Peculiarities = {
  reasonOf(reason, value) {
    if (value === false && DECIDED.has(reason)) return 'DISABLED';
    return reason === 'STATIC' ? 'SPLIT' : reason;
  },
  reasons: [
    'a flag that is off is a disabled one: DISABLED',
    'variants are shares, here of everybody: SPLIT',
  ],
  skips: [
    { scenario: 'Type mismatch error', withStep: 'a Boolean-flag', reason: ENABLED_TOO },
    { scenario: 'Type error', withStep: 'a boolean-flag', reason: ENABLED_TOO },
    ...ownMetadata('metadata are what Flagsmith says of the feature'),
  ],
};

const mixpanel: Peculiarities = {
  reasonOf: (reason) => (DECIDED.has(reason) ? 'TARGETING_MATCH' : reason),
  reasons: ['every variant is one that a rollout has selected: TARGETING_MATCH'],
  skips: [
    {
      scenario: 'DISABLED reason',
      reason: 'Mixpanel serves enabled flags only: those that are disabled do not exist',
    },
    ...ownMetadata('metadata are what Mixpanel says of its experiments'),
  ],
};

const ON_TOO = 'any flag of PostHog’s can be read as a boolean, which is whether it is on';
const NAMES_ONLY = 'the value of a variant of PostHog’s is its name';

const posthog: Peculiarities = {
  reasonOf(reason, value) {
    if (!DECIDED.has(reason)) return reason;
    return value === false ? 'DEFAULT' : 'TARGETING_MATCH';
  },
  reasons: [
    'every flag that is on is so by a condition that matched: TARGETING_MATCH',
    'every flag that is off is so because none did: DEFAULT',
  ],
  skips: [
    { scenario: 'Type mismatch error', withStep: 'a Boolean-flag', reason: ON_TOO },
    {
      scenario: 'Type mismatch error',
      withStep: 'a String-flag',
      reason: 'a boolean flag with a named variant can be read as that name',
    },
    { scenario: 'Type error', withStep: 'a boolean-flag', reason: ON_TOO },
    ...[
      'Resolves zero value',
      'Resolves zero value with targeting',
      'Resolves zero value with targeting using default',
      'Empty evaluation context',
      'Null context values',
    ].map((scenario) => ({
      scenario,
      withStep: 'a String-flag',
      reason: 'a text is the name of a variant, which cannot be empty',
    })),
    ...['a String-flag', 'a Integer-flag', 'a Float-flag'].flatMap((withStep) => [
      { scenario: 'Variant field population', withStep, reason: NAMES_ONLY },
      { scenario: 'Complete evaluation details structure', withStep, reason: NAMES_ONLY },
    ]),
    ...['string', 'integer', 'float'].map((type) => ({
      scenario: `Resolves ${type} details`,
      reason: NAMES_ONLY,
    })),
    ...ownMetadata('metadata are what PostHog says of the flag'),
  ],
};

/** The scenarios about metadata that only an application could have chosen. Browsers are sent none. */
function ownMetadata(reason: string): readonly Skip[] {
  return ['Flag metadata in evaluation details', 'Returns metadata', 'Returns no metadata'].map(
    (scenario) => ({ scenario, side: 'server', reason }),
  );
}

const PECULIARITIES: Readonly<Record<string, Peculiarities>> = {
  flagd,
  flagsmith,
  mixpanel,
  posthog,
};

/** Every backend that the features are run over. */
export const SPEC_BACKENDS: readonly SpecBackend[] = BACKENDS.map((backend) => {
  const peculiarities = PECULIARITIES[backend.name];
  if (peculiarities === undefined) throw new Error(`say how ${backend.name} says reasons`);
  return { ...backend, ...peculiarities };
});
