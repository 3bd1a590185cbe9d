import { describeConformance } from '../gherkin/conformance.ts';
import { ServerWorld } from '../gherkin/server-world.ts';

describeConformance('with HalyardServerProvider over flagd definitions', () => new ServerWorld(), [
  {
    scenario: 'CACHED reason',
    reason: 'the provider caches no result: it evaluates in memory, every time',
  },
]);
