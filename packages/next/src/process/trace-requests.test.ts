import { channel } from 'node:diagnostics_channel';
import {
  Agent,
  createServer,
  type RequestListener,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestTrace } from '../request/request-trace.ts';
import { type RequestTracing, traceRequests } from './trace-requests.ts';

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

let tracing: RequestTracing;
let server: Server;
let listen: RequestListener = () => {};
let origin = '';

beforeEach(async () => {
  tracing = traceRequests();
  server = createServer((...given) => listen(...given));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  tracing.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Serves one request and resolves with how it ended. */
async function ended(answer: RequestListener, ask: () => Promise<unknown>) {
  let trace: RequestTrace | undefined;
  listen = (...given) => {
    trace = tracing.current();
    answer(...given);
  };
  await ask();
  return trace?.outcome();
}

const get = async (init?: RequestInit) => (await fetch(origin, init)).text();

describe('a request', () => {
  it('is known to everything that is done for it, and to nothing else', async () => {
    const seen: unknown[] = [];
    listen = async (_incoming, response) => {
      const trace = tracing.current();
      await pause();
      seen.push(trace !== undefined && tracing.current() === trace);
      response.end();
      response.on('close', () => seen.push(tracing.current() === trace));
    };
    await Promise.all(Array.from({ length: 20 }, () => get()));
    await pause();
    expect(seen).toEqual(Array(40).fill(true));
    expect(tracing.current()).toBeUndefined();
  });

  it('is known by the server that took it, whatever others there are, until that is closed', async () => {
    const metrics = createServer((_incoming, response) => response.end());
    await new Promise<void>((resolve) => metrics.listen(0, resolve));
    listen = (_incoming, response) => response.end();
    expect([...tracing.servers]).toEqual([]);
    await get();
    await (await fetch(`http://localhost:${(metrics.address() as AddressInfo).port}`)).text();
    await get();
    expect([...tracing.servers]).toEqual([server, metrics]);
    metrics.closeAllConnections();
    await new Promise((resolve) => metrics.close(resolve));
    expect([...tracing.servers]).toEqual([server]);
  });

  it('is another one when it comes over the same connection', async () => {
    const traces = new Set<unknown>();
    listen = (_incoming, response) => {
      traces.add(tracing.current());
      response.end();
    };
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<void>((resolve) => {
        const asked = request(origin, { agent }, (answer) => {
          answer.resume().on('end', resolve);
        });
        asked.end();
      });
    for (let i = 0; i < 3; i++) await ask();
    agent.destroy();
    expect(traces.size).toBe(3);
  });

  it.each([
    ['GET', {}, 'answer'],
    ['HEAD', {}, 'speculation'],
    ['GET', { rsc: '1' }, 'page-data'],
  ])('says what it is for: %s %j', async (method, headers, purpose) => {
    let trace: RequestTrace | undefined;
    listen = (_incoming, response) => {
      trace = tracing.current();
      response.end();
    };
    await get({ method, headers });
    expect(trace?.purpose).toBe(purpose);
  });
});

describe('how a response ended', () => {
  it.each([200, 307, 404, 500])('is told by its status: %d', async (status) => {
    const outcome = await ended(
      (_incoming, response) => response.writeHead(status).end('text'),
      () => get({ redirect: 'manual' }),
    );
    expect(outcome).toEqual({ status, complete: true, renderFailed: false });
  });

  /** Answers a part, and sees whoever asked go away. */
  const partly = (headers: Record<string, string>) =>
    ended(
      (_incoming, response) => {
        response.setHeaders(new Map(Object.entries(headers)));
        response.write('part');
      },
      async () => {
        const leaving = new AbortController();
        const { body } = await fetch(origin, { signal: leaving.signal });
        await body?.getReader().read();
        leaving.abort();
      },
    );

  it('is not complete when whoever asked went away', async () => {
    expect(await partly({})).toMatchObject({ complete: false });
  });

  it('is complete for a stream of events, which has no other end', async () => {
    const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
    expect(await partly(headers)).toMatchObject({ status: 200, complete: true });
  });

  it('is not complete for a stream of events that never began', async () => {
    const outcome = await ended(
      (_incoming, response) => {
        response.setHeader('content-type', 'text/event-stream');
        response.destroy();
      },
      () => get().catch(() => {}),
    );
    expect(outcome).toMatchObject({ complete: false });
  });

  it('is a failed render when the page itself says so, after its status', async () => {
    const outcome = await ended(
      (_incoming, response) => {
        tracing.current()?.watchRender();
        tracing.current()?.watchRender();
        response.write('<p>Wait</p>');
        response.end('<script>self.__next_f.push([1,"b:E{\\"digest\\":\\"1\\"}"])</script>');
      },
      () => get(),
    );
    expect(outcome).toEqual({ status: 200, complete: true, renderFailed: true });
  });

  it('is looked for once in what is written, and not at all once it is over', async () => {
    const writers: unknown[] = [];
    const watched = (response: ServerResponse, trace: RequestTrace | undefined) => {
      trace?.watchRender();
      writers.push(response.write);
    };
    await ended(
      (_incoming, response) => {
        const trace = tracing.current();
        watched(response, trace);
        watched(response, trace);
        response.end();
      },
      () => get(),
    );
    expect(writers[1]).toBe(writers[0]);
    await ended(
      (_incoming, response) => {
        const trace = tracing.current();
        writers.push(response.write);
        response.on('close', () => watched(response, trace));
        response.end();
      },
      () => get(),
    );
    expect(writers).toHaveLength(4);
    expect(writers[3]).toBe(writers[2]);
  });

  it('is told to whoever asks, before or after', async () => {
    const outcomes: unknown[] = [];
    const outcome = await ended(
      (_incoming, response) => {
        void tracing
          .current()
          ?.outcome()
          .then((known) => outcomes.push(known));
        response.end();
      },
      () => get(),
    );
    await pause();
    expect(outcomes).toEqual([outcome]);
  });
});

describe('when it is over', () => {
  it('what is still done for a request is followed no further', async () => {
    let after: unknown = 'not asked';
    listen = (_incoming, response) => {
      tracing.stop();
      after = tracing.current();
      response.end();
    };
    await get();
    expect(after).toBeUndefined();
  });

  it('nothing listens any more', () => {
    const starts = channel('http.server.request.start');
    expect(starts.hasSubscribers).toBe(true);
    tracing.stop();
    expect(starts.hasSubscribers).toBe(false);
  });
});
