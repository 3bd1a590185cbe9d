import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonOf, type Timing } from './harness/percentiles.ts';
import { ROUTES } from './harness/routes.ts';
import { DEADLINE, IN_ORDER, type Server, startServer } from './harness/server.ts';
import { type Sink, startSink } from './harness/sink.ts';

/** How often every kind of route is asked, beside each of the sinks. */
const ROUNDS = Number(process.env.SINK_ROUNDS ?? 20);
/** Rounds that are not measured: everything is slow at first. */
const WARM_UP = 5;
/** `again` is a no-op sink as well: what it differs by is chance. */
const MANNERS = ['no-op', 'again', 'slow', 'failing'] as const;

interface Counters {
  readonly recorded: number;
  readonly delivered: number;
  readonly pending: number;
  readonly overflowed: number;
  readonly failed: number;
  readonly refused: number;
  readonly abandoned: number;
}

/** What the visit counts that shows whether the server is up. */
const FIRST_VISIT = ROUTES[0]?.counts.length ?? 0;

interface Running {
  readonly manner: (typeof MANNERS)[number];
  readonly server: Server;
  /** Undefined for a no-op. */
  readonly sink: Sink | undefined;
}

const running: Running[] = [];

beforeAll(async () => {
  for (const manner of MANNERS) {
    const isReal = manner === 'slow' || manner === 'failing';
    const sink = isReal ? await startSink(manner) : undefined;
    // Nobody gives up on the slow one: a response that waited for it would arrive after its answer.
    const server = await startServer('next start', sink?.url ?? '', { SEND_TIMEOUT: '15000' });
    running.push({ manner, sink, server });
  }
});
afterAll(async () => {
  for (const { server, sink } of running) {
    await server.end(0);
    await sink?.close();
  }
});

describe('a sink that takes 10 seconds, and one that always fails', () => {
  const patience = { timeout: 60_000 + ROUNDS * 1_000 };

  it('have no response wait for them, of no kind of route', patience, async () => {
    const { timings, waited } = await askAll();
    expect(waited).toEqual([]);
    console.log(comparisonOf(timings, 'no-op'));
  });

  it.each(MANNERS)('lose no exposure without counting it: %s', async (manner) => {
    const { server } = running.find((one) => one.manner === manner) ?? never();
    const due = ROUTES.flatMap(({ counts }) => counts).length * ROUNDS + FIRST_VISIT;
    const counters = await settledCounters(server, { due, isSlow: manner === 'slow' });
    const { recorded, delivered, pending, ...lost } = counters;
    console.log(`${manner}: ${JSON.stringify(counters)}`);
    expect(recorded).toBe(due);
    const { overflowed, failed, refused, abandoned } = lost;
    expect(delivered + pending + overflowed + failed + refused + abandoned).toBe(recorded);
    if (manner === 'no-op') expect(delivered).toBe(recorded);
    if (manner === 'failing') expect(failed).toBe(recorded);
  });

  it.each(MANNERS)('keep no process alive: %s', async (manner) => {
    const { server } = running.find((one) => one.manner === manner) ?? never();
    expect(await server.end(DEADLINE)).toEqual(IN_ORDER);
  });
});

describe('a sink that never answers, and may take its time', () => {
  it('keeps no process alive, and what it did not take is spoken of', async () => {
    const sink = await startSink('hung');
    const server = await startServer('next start', sink.url, { SEND_TIMEOUT: '600000' });
    for (const { kind, visit } of ROUTES) await visit(server.url, kind.replaceAll(' ', '-'));
    while (sink.arrivals.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await server.end(DEADLINE)).toEqual(IN_ORDER);
    expect(server.output()).toMatch(
      /the process ended before the sinks of .* had taken \d+ exposures/,
    );
    await sink.close();
  });
});

/** Asks every kind of route beside each of the sinks, in rounds: how long it took, and who waited. */
async function askAll(): Promise<{ timings: Timing[]; waited: string[] }> {
  const timings: Timing[] = [];
  const waited: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { kind, visit, counts } of ROUTES) {
      for (let turn = 0; turn < running.length; turn++) {
        // Each of them comes first as often as the others.
        const { manner, server, sink } = running[(turn + round) % running.length] ?? never();
        const visitor = `${kind} ${round}`.replaceAll(' ', '-');
        const start = performance.now();
        await visit(server.url, visitor);
        if (round >= WARM_UP) timings.push({ kind, manner, duration: performance.now() - start });
        const isAnswered = counts.length > 0 && sink?.answered.has(visitor);
        if (manner === 'slow' && isAnswered) waited.push(visitor);
      }
    }
  }
  return { timings, waited };
}

interface Expectation {
  readonly due: number;
  readonly isSlow: boolean;
}

/** The counters, once as much is recorded as is due, after the responses, and the sink has had its say. */
async function settledCounters(server: Server, { due, isSlow }: Expectation): Promise<Counters> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${server.url}/api/status`);
    const counters: Counters = await response.json();
    if (counters.recorded >= due && (isSlow || counters.pending === 0)) return counters;
    if (attempt === 200) return counters;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function never(): never {
  throw new Error('it was started before the tests');
}
