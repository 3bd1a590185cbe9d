import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Components } from './compile/components.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_130);

function reaches(graph: readonly (readonly number[])[], from: number, to: number): boolean {
  const reached = new Set([from]);
  for (const node of reached) for (const next of graph[node] ?? []) reached.add(next);
  return reached.has(to);
}

it('two things are one where each leads to the other, in 2,000 random graphs', () => {
  const size = 7;
  const node = fc.nat(size - 1);
  const graphs = fc.array(fc.array(node, { maxLength: 3 }), { minLength: size, maxLength: size });
  const order = fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 30 });
  const agree = fc.property(graphs, order, (graph, pairs) => {
    const components = new Components((at: number) => graph[at] ?? []);
    for (const [a, b] of pairs) {
      const expected = reaches(graph, a, b) && reaches(graph, b, a);
      expect(components.areOne(a, b), `${a} and ${b}`).toBe(expected);
    }
  });
  fc.assert(agree, { seed: SEED, numRuns: 2_000 });
});

it('a row of a hundred thousand is walked once, and without recursion', () => {
  let steps = 0;
  const components = new Components((at: number) => {
    steps++;
    return at < 100_000 ? [at + 1] : [];
  });
  for (let i = 0; i < 100; i++) expect(components.areOne(0, 100_000 - i)).toBe(false);
  expect(steps).toBe(100_001);
});
