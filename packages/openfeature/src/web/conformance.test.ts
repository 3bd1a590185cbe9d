import { describeConformance } from '../gherkin/conformance.ts';
import type { Skip } from '../gherkin/skips.ts';
import { WebWorld } from '../gherkin/web-world.ts';

const VALUES_ONLY = 'the browser is sent values, variants and reasons; no metadata';
const READY_AT_ONCE = 'without `initialize`, the provider is READY as soon as it is set';
const ONE_LEVEL = 'in the static-context paradigm context is set on the API alone';

const OVERWRITING: readonly (readonly [scenario: string, levels: readonly string[]])[] = [
  [
    'For a transaction, a context entry in one level overwrites values with the same key from preceding levels',
    ['Transaction', 'Client', 'Invocation'],
  ],
  [
    'For a hook, a context entry in one level overwrites values with the same key from preceding levels',
    ['Client', 'Invocation', 'Before Hooks'],
  ],
  [
    'For a transaction and a hook, context entry in one level overwrites values with the same key from preceding levels',
    ['Transaction', 'Client', 'Invocation', 'Before Hooks'],
  ],
];

const SKIPS: readonly Skip[] = [
  {
    scenario: 'CACHED reason',
    reason: 'the provider caches no result: it reads a map, every time',
  },
  {
    scenario: 'DISABLED reason',
    over: 'flagd',
    reason: 'a disabled flag has no value, so it is not sent; the default is used all the same',
  },
  { scenario: 'Flag metadata in evaluation details', reason: VALUES_ONLY },
  { scenario: 'Returns metadata', reason: VALUES_ONLY },
  { scenario: 'Provider not ready error', reason: READY_AT_ONCE },
  { scenario: 'Provider in fatal state error', reason: READY_AT_ONCE },
  {
    scenario: 'Provider status accessibility',
    withStep: 'a not ready provider',
    reason: READY_AT_ONCE,
  },
  {
    scenario: 'Provider status accessibility',
    withStep: 'a fatal provider',
    reason: READY_AT_ONCE,
  },
  {
    scenario: 'Provider status accessibility',
    withStep: 'a stale provider',
    reason: 'staleness is sent per flag, as the reason STALE',
  },
  {
    scenario: 'Asynchronous flag evaluation',
    isMoot: true,
    reason: 'the web SDK evaluates synchronously',
  },
  ...['Transaction', 'Client', 'Invocation', 'Before Hooks'].map((level) => ({
    scenario: 'A context entry is added to a single level',
    withStep: `to the "${level}" level`,
    reason: ONE_LEVEL,
  })),
  ...[
    'For a transaction, a context entry is added to each level with different keys',
    'For a hook, a context entry is added to each level with different keys',
    'For a transaction and a hook, a context entry is added to each level with different keys',
  ].map((scenario) => ({ scenario, reason: ONE_LEVEL })),
  ...OVERWRITING.flatMap(([scenario, levels]) =>
    levels.map((level) => ({
      scenario,
      withStep: `down to the "${level}" level`,
      reason: ONE_LEVEL,
    })),
  ),
];

describeConformance('HalyardWebProvider', {
  side: 'web',
  createWorld: (backend) => new WebWorld(backend),
  skips: SKIPS,
});
