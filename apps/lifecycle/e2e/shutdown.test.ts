import { afterEach, describe, expect, it } from 'vitest';
import { startLoad } from './harness/load.ts';
import { get } from './harness/routes.ts';
import { DEADLINE, IN_ORDER, type Runner, type Server, startServer } from './harness/server.ts';
import { type Sink, startSink } from './harness/sink.ts';

let server: Server | undefined;
let sink: Sink | undefined;

afterEach(async () => {
  await server?.end(0);
  await sink?.close();
});

describe.each<Runner>(['next start', 'standalone'])('SIGTERM under load, in %s', (runner) => {
  it('responses under way arrive whole, their exposures too, and the process ends in time', async () => {
    sink = await startSink('prompt');
    server = await startServer(runner, sink.url, { SEND_PAUSE: '300' });
    const load = startLoad(server.url, { workers: 6 });
    await load.answered(60);
    const slow = [
      { visitor: 'slow-page', visit: get('/streamed?pause=1500', 'streamed: true') },
      { visitor: 'slow-handler', visit: get('/api/handler?pause=1500', '"value":true') },
      // Longer than the drain, and the last: neither another response nor a connection that is kept
      // gives its exposures the time to be sent.
      {
        visitor: 'slow-legacy',
        visit: get('/legacy?pause=5000', 'legacy: true', { connection: 'close' }),
      },
    ];
    const { url } = server;
    const underWay = Promise.allSettled(slow.map(({ visit, visitor }) => visit(url, visitor)));
    await load.answered(20);

    const ended = await server.end(DEADLINE);
    const { answered, broken, refused, crossed } = await load.stop();

    expect(ended).toEqual(IN_ORDER);
    const statuses = (await underWay).map(({ status }) => status);
    expect(statuses).toEqual(slow.map(() => 'fulfilled'));
    expect(broken).toEqual([]);
    const arrived = new Set(sink.arrivals.map((one) => `${one.targetingKey} ${one.flagKey}`));
    const due = [...answered, 'slow-page streamed', 'slow-handler handler', 'slow-legacy legacy'];
    expect(due.filter((exposure) => !arrived.has(exposure))).toEqual([]);
    console.log(
      `${runner}: ${due.length} exposures due, ${arrived.size} arrived; ${refused} connections refused after the signal, ${crossed} requests crossed with the end of theirs`,
    );
  });
});
