import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonCase } from '../fixtures/arbitraries.ts';
import { environment } from '../fixtures/build.ts';
import { contextOf, describeCase } from '../fixtures/case.ts';
import { emulation, local, remote } from '../fixtures/emulated.ts';
import { byEngine } from '../fixtures/remote-answers.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_104);

const { serve, connect } = emulation();

describe('evaluation by Flagsmith and evaluation here', () => {
  it('give the same for any environment and anybody', { timeout: 900_000 }, async () => {
    const emulator = await serve(environment({}), { evaluate: byEngine, clientKey: 'client' });
    // Transient, so that no identity brings traits along from the case before.
    const asking = connect(remote(emulator, { transient: () => true }));
    const evaluating = connect(local(emulator));
    const reasons = new Map<string, number>();
    const agree = fc.asyncProperty(commonCase, async (subject) => {
      emulator.publish(subject.document);
      await evaluating.refresh();
      const context = contextOf(subject.identity, 'traits');
      const theirs = new Map((await asking.load(context)).all());
      const ours = new Map(evaluating.snapshot(context).all());
      expect(theirs, describeCase(subject)).toEqual(ours);
      for (const { reason } of ours.values()) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    });
    await fc.assert(agree, { seed: SEED, numRuns: SOAK ? 5_000 : 400 });
    expect(evaluating.status().refreshes.failed).toBe(0);
    expect(asking.status().remote).toMatchObject({ failed: 0 });
    // Which shows that there was something to agree about.
    for (const reason of ['STATIC', 'DEFAULT', 'TARGETING_MATCH', 'SPLIT', 'DISABLED']) {
      expect(reasons.get(reason), reason).toBeGreaterThan(10);
    }
  });

  it('give the same for one environment and hundreds of identities', async () => {
    const [subject] = fc.sample(commonCase, { seed: SEED, numRuns: 1 });
    expect(subject).toBeDefined();
    const emulator = await serve(subject?.document ?? environment({}), { evaluate: byEngine });
    const asking = connect(remote(emulator));
    const evaluating = connect(local(emulator));
    await evaluating.ready();
    const visitors = Array.from({ length: 300 }, (_, i) => ({
      targetingKey: `visitor-${i}`,
      plan: ['pro', 'free', 'été'][i % 3],
      age: i % 40,
      beta: i % 2 === 0,
    }));
    const answers = await Promise.all(visitors.map((visitor) => asking.load(visitor)));
    for (const [i, answer] of answers.entries()) {
      const here = evaluating.snapshot(visitors[i]).all();
      expect(new Map(answer.all()), visitors[i]?.targetingKey).toEqual(new Map(here));
    }
    expect(emulator.identities.size).toBe(300);
  });
});
