import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { FlagExposureOptions, Flags, IdentifyRequest } from '../flags.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

type Consent = NonNullable<FlagExposureOptions['consent']>;

const byCookie = ({ cookies }: IdentifyRequest) => cookies.get('consent')?.value === 'given';
const warn = vi.fn();

function flagsWith(consent: Consent): Flags {
  return createFlags({
    source: tableSource({ color: 'blue', size: 4 }, expect.getState().currentTestName),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value }),
    identifyTimeout: 20,
    client: { flags: 'all' },
    exposures: { consent },
    logger: { warn },
  });
}

const visitor = (cookies: Record<string, string> = {}) =>
  fakeRequest({ cookies: { uid: 'u1', ...cookies } });
const visit = (request: FakeRequest, read: () => Promise<unknown>) =>
  within(request, read).then(() => endOf(request));
const counted = () => fakes.created[0]?.exposed.map(({ keys, origin }) => [origin, ...keys]);
const omitted = () => fakes.created[0]?.omitted;

function report(flags: Flags, request: FakeRequest) {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const init = { method: 'POST', headers, body: JSON.stringify({ keys: ['color', 'size'] }) };
  return within(request, () => flags.handlers.POST(new Request('http://shop.test/', init)));
}

beforeEach(() => {
  fakes.created.length = 0;
  warn.mockClear();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a visitor who agrees', () => {
  it('is counted, on both sides', async () => {
    const flags = flagsWith(byCookie);
    await visit(visitor({ consent: 'given' }), () => flags.get('color', ''));
    const request = visitor({ consent: 'given' });
    expect((await report(flags, request)).status).toBe(204);
    await endOf(request);
    expect(counted()).toEqual([
      ['server', 'color'],
      ['client', 'color', 'size'],
    ]);
    expect(omitted()).toEqual([]);
  });

  it('may say so in the very request, after what was read', async () => {
    const flags = flagsWith(byCookie);
    const request = visitor();
    await visit(request, async () => {
      await flags.get('color', '');
      request.cookies.set('consent', 'given');
    });
    expect(counted()).toEqual([['server', 'color']]);
  });

  it('is asked once per request, after the response, and only when there is something to count', async () => {
    const consent = vi.fn(async () => true);
    const flags = flagsWith(consent);
    await visit(visitor(), () => flags.hydrate());
    expect(consent).not.toHaveBeenCalled();
    const request = visitor();
    await within(request, async () => {
      await flags.get('color', '');
      await flags.get('size', 0);
    });
    expect(consent).not.toHaveBeenCalled();
    await endOf(request);
    await visit(request, () => flags.get('color', ''));
    expect(consent).toHaveBeenCalledTimes(1);
  });
});

describe('a visitor who does not', () => {
  it('gets the flags all the same, and is not counted on either side, which is noted', async () => {
    const flags = flagsWith(byCookie);
    await visit(visitor(), async () => {
      expect(await flags.get('color', '')).toBe('blue');
      await flags.get('size', 0);
    });
    const response = await report(flags, visitor());
    expect(response.status).toBe(204);
    expect(counted()).toEqual([]);
    expect(omitted()).toEqual(['withheld 2', 'withheld 2']);
  });

  it.each<[string, Consent, RegExp | undefined]>([
    [
      'who cannot be asked',
      () => {
        throw new Error('no consent service');
      },
      /exposures\.consent failed: no consent service\. The visitor is not counted\./,
    ],
    ['whose answer fails', () => Promise.reject(new Error('down')), /consent failed: down/],
    ['whose answer does not come', () => new Promise<never>(() => {}), /no answer within 20 ms/],
    ['whose answer is no yes', () => 'maybe' as never, undefined],
  ])('is also one %s', async (_name, consent, warning) => {
    const flags = flagsWith(consent);
    await visit(visitor(), async () => expect(await flags.get('color', '')).toBe('blue'));
    expect(counted()).toEqual([]);
    expect(omitted()).toEqual(['withheld 1']);
    if (warning) expect(warn).toHaveBeenCalledWith(expect.stringMatching(warning));
    else expect(warn).not.toHaveBeenCalled();
  });
});

describe('the option', () => {
  it.each([true, 'yes', null, {}])('is refused by name when it is no function: %j', (consent) => {
    expect(() => flagsWith(consent as never)).toThrow('`exposures.consent`');
  });
});
