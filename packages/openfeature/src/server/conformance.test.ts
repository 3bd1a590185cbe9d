import { describeConformance } from '../gherkin/conformance.ts';
import { ServerWorld } from '../gherkin/server-world.ts';

describeConformance('HalyardServerProvider', {
  side: 'server',
  createWorld: (backend) => new ServerWorld(backend),
  skips: [
    {
      scenario: 'CACHED reason',
      reason: 'the provider caches no result: it evaluates in memory, every time',
    },
  ],
});
