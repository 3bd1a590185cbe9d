import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, originProblem, readReport } from './exposure-request.ts';
import { Problem } from './problem.ts';

const SOAK = process.env.HALYARD_SOAK === '1';

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request('http://shop.test/api/flags', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    // Required by Node for bodies that stream.
    ...{ duplex: 'half' },
  });
}

const readKeys = async (request: Request) => keysOf(await readReport(request));

/** The status that reading the keys ends in. */
async function statusOf(request: Request): Promise<number> {
  try {
    await readKeys(request);
    return 204;
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
}

/** A report with something else beside its keys, of so many levels in all. */
const nestedIn = (levels: number) =>
  post(`{"keys": ["a"], "else": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`);
const keysBody = (keys: readonly unknown[]) => JSON.stringify({ keys });

describe('the body of an exposure report', () => {
  it('is a list of keys', async () => {
    expect(await readKeys(post(keysBody(['a', 'b'])))).toEqual(['a', 'b']);
  });

  it('may be a beacon, which arrives as text', async () => {
    const request = post(keysBody(['a']), { 'content-type': 'text/plain;charset=UTF-8' });
    expect(await readKeys(request)).toEqual(['a']);
  });

  it.each([
    ['another type', post('keys=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['a type that only begins alike', post('{}', { 'content-type': 'application/jsonp' }), 415],
    ['no body', post(null), 400],
    ['no JSON', post('{"keys": ["a"'), 400],
    ['no object', post('["a"]'), 400],
    ['no keys', post('{"key": "a"}'), 400],
    ['keys that are no list', post('{"keys": {"length": 1, "0": "a"}}'), 400],
    ['a key that is no string', post(keysBody(['a', 7])), 400],
    ['501 keys', post(keysBody(Array.from({ length: 501 }, (_, i) => `k${i}`))), 400],
    ['more levels than 100', nestedIn(101), 400],
    ['more levels than any stack has', nestedIn(20_000), 400],
    ['more than 64 KB', post(keysBody(['a'.repeat(200)]) + ' '.repeat(64 * 1024)), 413],
    ['a length above 64 KB', post(keysBody(['a']), { 'content-length': '65537' }), 413],
  ])('is refused for %s', async (_name, request, status) => {
    expect(await statusOf(request)).toBe(status);
  });

  it('may be nested in 100 levels, and says so', async () => {
    expect(await statusOf(nestedIn(100))).toBe(204);
    await expect(readReport(nestedIn(101))).rejects.toThrow('deeper than 100 levels');
  });

  it.each([
    ['500 keys', keysBody(Array.from({ length: 500 }, (_, i) => `k${i}`))],
    ['keys of which some can name no flag', keysBody(['a', '', 'x'.repeat(5000)])],
    ['exactly 64 KB', keysBody(['a']).padEnd(64 * 1024)],
    ['no keys at all', keysBody([])],
    ['keys of any script', keysBody(['схема', '🎈', '__proto__'])],
  ])('may have %s', async (_name, body) => {
    expect(await statusOf(post(body))).toBe(204);
  });

  it('is not read further than the bound, whatever length it claims', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect(await statusOf(post(endless, { 'content-length': '10' }))).toBe(413);
    // The bound in chunks of 1 KB, and what the stream reads ahead.
    expect(pulled).toBeLessThan(80);
    expect(cancelled).toBe(true);
  });

  it('that breaks off is refused', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('connection reset'));
      },
    });
    expect(await statusOf(post(broken))).toBe(400);
  });

  it('split within a character is put together again', async () => {
    const bytes = new TextEncoder().encode(keysBody(['🎈']));
    const dripping = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readKeys(post(dripping))).toEqual(['🎈']);
  });

  it('can be anything without an error escaping', async () => {
    const bodies = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.json(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.record({ keys: fc.anything() }).map((value) => {
        try {
          return JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v));
        } catch {
          return 'cyclic';
        }
      }),
      fc.array(fc.string({ maxLength: 300 }), { maxLength: 600 }).map(keysBody),
    );
    const types = fc.constantFrom(
      'application/json',
      'text/plain',
      'text/html',
      'application/json;',
    );
    await fc.assert(
      fc.asyncProperty(bodies, types, async (body, type) => {
        expect([204, 400, 413, 415]).toContain(
          await statusOf(post(body, { 'content-type': type })),
        );
      }),
      { seed: 20_261_121, numRuns: SOAK ? 20_000 : 300 },
    );
  });
});

describe('where an exposure report may come from', () => {
  const origin = (headers: Record<string, string>) =>
    originProblem(new Request('http://shop.test/api/flags', { method: 'POST', headers }));

  it.each<[string, Record<string, string>]>([
    ['the same origin, as the browser says', { 'sec-fetch-site': 'same-origin' }],
    ['the same host', { origin: 'https://shop.test', host: 'shop.test' }],
    ['the same host and port', { origin: 'http://localhost:3000', host: 'localhost:3000' }],
    ['a host in other case', { origin: 'https://shop.test', host: 'Shop.Test' }],
    [
      'the host a load balancer forwards',
      { origin: 'https://shop.test', host: '10.0.0.7', 'x-forwarded-host': 'shop.test, inner' },
    ],
  ])('%s', (_name, headers) => {
    expect(origin(headers)).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
    [
      'another site that pretends by Origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://shop.test', host: 'shop.test' },
    ],
    ['a sister domain', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['another host', { origin: 'https://evil.test', host: 'shop.test' }],
    ['another port', { origin: 'http://localhost:4000', host: 'localhost:3000' }],
    ['a sandboxed frame', { origin: 'null', host: 'shop.test' }],
    ['nonsense', { origin: '::::', host: 'shop.test' }],
    ['no browser', { host: 'shop.test' }],
  ])('not %s', (_name, headers) => {
    expect(origin(headers)).toMatch(/^reports are taken from/);
  });
});

it.each(['same-site', 'cross-site', 'none'])(
  'what a browser calls %s is refused, although the Origin header names this host',
  (site) => {
    const headers = { 'sec-fetch-site': site, origin: 'http://shop.test', host: 'shop.test' };
    expect(originProblem(post('{}', headers))).toContain(`not from a ${site} request`);
  },
);
