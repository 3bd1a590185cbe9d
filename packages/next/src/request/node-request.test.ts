import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { type FakeClient, fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { CreateFlagsOptions } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';
import { withFlags } from '../testing/index.ts';
import type { RequestTrace } from './request-trace.ts';

vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

/** A request as Node reads it from the wire. */
function incoming(cookie: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers = { host: 'shop.test', cookie };
  return request;
}

function flagsOf(options: Partial<CreateFlagsOptions> = {}) {
  return createFlags({
    source: tableSource(
      { color: 'blue', me: (key: string) => key },
      expect.getState().currentTestName,
    ),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value }),
    client: { flags: 'all' },
    logger: { warn: () => {} },
    ...options,
  });
}

const exposed = () => (fakes.created.at(-1) as FakeClient).exposed;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  fakes.created.length = 0;
});

describe('a request given by hand', () => {
  it('has its own visitor, by the cookies it came with', async () => {
    const flags = flagsOf();
    const ann = flags.forRequest(incoming('a=b; uid=ann'));
    const bob = flags.forRequest(incoming('uid=bob%20b'));
    expect(await Promise.all([ann.get('me', ''), bob.get('me', '')])).toEqual(['ann', 'bob b']);
    expect(valuesIn(await ann.hydrate())).toEqual({ color: 'blue', me: 'ann' });
  });

  it('is one visit, however often it is given', async () => {
    const identify = vi.fn(async () => ({ targetingKey: 'ann' }));
    const flags = flagsOf({ identify });
    const request = incoming('');
    await flags.forRequest(request).get('color', '');
    await flags.forRequest(request).hydrate();
    expect(identify).toHaveBeenCalledOnce();
  });

  it('counts what it reads, and nothing that it only hands on', async () => {
    const visitor = flagsOf().forRequest(incoming('uid=ann'));
    await visitor.get('color', '');
    await visitor.get('me', '', { expose: false });
    await visitor.hydrate();
    await vi.waitFor(() => expect(exposed()).toHaveLength(1));
    expect(exposed()).toMatchObject([{ keys: ['color'], origin: 'server', targetingKey: 'ann' }]);
  });

  it.each([
    ['that fails', 500, true, ['unseen 2']],
    ['without consent', 200, false, ['withheld 2']],
  ])(
    'notes each flag once, however often it was read: %s',
    async (_title, status, consent, noted) => {
      let arrive = () => {};
      const arrived = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const trace: Partial<RequestTrace> = {
        purpose: 'answer',
        outcome: () => arrived.then(() => ({ status, complete: true, renderFailed: false })),
      };
      processSlot().tracing = {
        current: () => trace as RequestTrace,
        servers: new Set(),
        stop() {},
      };
      const visitor = flagsOf({ exposures: { consent: () => consent } }).forRequest(incoming(''));
      await visitor.get('color', '');
      await visitor.get('me', '');
      await visitor.get('color', '');
      arrive();
      await processSlot().ending.lastTasks();
      expect(fakes.created.at(-1)?.omitted).toEqual(noted);
    },
  );

  it('is waited for in the end of the process, until what it read has been sent', async () => {
    const { ending } = processSlot();
    await flagsOf().forRequest(incoming('uid=ann')).get('color', '');
    ending.begin();
    await ending.lastTasks();
    expect(exposed()).toHaveLength(1);
    expect(fakes.created.at(-1)?.calls).toContain('flush');
  });

  it('may have come over HTTP/2, whose own fields are no headers', async () => {
    const headers = { ':path': '/', ':authority': 'shop.test', cookie: 'uid=ann' };
    expect(await flagsOf().forRequest({ headers }).get('me', '')).toBe('ann');
  });

  it('gives defaults when the visitor is not known', async () => {
    const flags = flagsOf({ identify: () => Promise.reject(new Error('no session')) });
    expect(await flags.forRequest(incoming('')).details('color', 'red')).toMatchObject({
      value: 'red',
      errorCode: 'INVALID_CONTEXT',
    });
  });

  it.each<[string, unknown]>([
    ['undefined, as where no request is at hand', undefined],
    ['null', null],
    ['an object without headers', {}],
    ['headers that are none', { headers: null }],
    ["a request of the web, whose headers are no plain object's", new Request('http://shop.test')],
  ])('that is %s gives defaults, and says what was expected', async (_title, given) => {
    const warn = vi.fn();
    const visitor = flagsOf({ logger: { warn } }).forRequest(given as IncomingMessage);
    expect(await visitor.details('color', 'red')).toMatchObject({
      value: 'red',
      reason: 'ERROR',
      errorCode: 'INVALID_CONTEXT',
      errorMessage: expect.stringMatching(/forRequest\(\).*`req` of getServerSideProps/),
    });
    expect(valuesIn(await visitor.hydrate())).toEqual({});
    expect([...(await visitor.all())]).toEqual([]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('forRequest()'));
  });

  it('in a test has the flags that the test states', async () => {
    const flags = flagsOf();
    await withFlags({ color: 'green' }, async () => {
      expect(await flags.forRequest(incoming('uid=ann')).get('color', '')).toBe('green');
    });
  });
});
