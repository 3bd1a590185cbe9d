import { createHmac } from 'node:crypto';
import { flagsmith } from '@halyard/sources/flagsmith';
import { type FlagsmithEmulator, startFlagsmithEmulator } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { Flags } from '../flags.ts';

const SECRET = 'a shared secret, with ünïcode';
const ADDRESS = 'https://shop.test/api/flags/webhook';
const MAX_BODY = 1024 * 1024;
const BODY = JSON.stringify({ event_type: 'FLAG_UPDATED', data: { name: 'couleur préférée' } });

let emulator: FlagsmithEmulator;
let flags: Flags;
let handler: (request: Request) => Promise<Response>;

const documentOf = (color: string) => ({
  api_key: 'client-key',
  project: {},
  feature_states: [
    { feature: { id: 1, name: 'color' }, enabled: true, feature_state_value: color, django_id: 1 },
  ],
});

beforeEach(async () => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  emulator = await startFlagsmithEmulator({ document: documentOf('red') });
  const { serverKey: environmentKey, apiUrl } = emulator;
  flags = createFlags({
    source: flagsmith({ environmentKey, apiUrl }),
    transport: { maxAttempts: 1 },
    logger: { warn: () => {} },
  });
  handler = flags.webhook({ secret: SECRET });
  await flags.client.ready();
});
afterEach(async () => {
  await flags.client.close();
  await emulator.close();
});

function signed(body: string | Uint8Array, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function call(body: BodyInit, signature?: string): Promise<Response> {
  const headers = new Headers(
    signature === undefined ? [] : [['X-Flagsmith-Signature', signature]],
  );
  return handler(new Request(ADDRESS, { method: 'POST', body, headers }));
}

const fetches = () => emulator.requestsTo('environment-document').length;
const color = () => flags.client.resolve('color', 'none').value;

describe('a webhook with the right signature', () => {
  it('has the definitions fetched, and answers when they are in use', async () => {
    emulator.publish(documentOf('blue'));
    expect(color()).toBe('red');
    const response = await call(BODY, signed(BODY));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(color()).toBe('blue');
    expect(fetches()).toBe(2);
  });

  it.each<readonly [string, Uint8Array<ArrayBuffer>]>([
    ['nothing', new Uint8Array()],
    ['bytes that are no text', Uint8Array.from([0xff, 0xfe, 0x00, 0x80])],
    ['as much as it may hold', new Uint8Array(MAX_BODY).fill(0x20)],
  ])('may hold %s: its bytes are what is signed', async (_what, bytes) => {
    expect((await call(bytes, signed(bytes))).status).toBe(204);
    expect(fetches()).toBe(2);
  });

  it('answers 503 where the definitions cannot be fetched, and says no more', async () => {
    emulator.publish(documentOf('blue'));
    emulator.fail('environment-document', { status: 500, body: 'ser.emulator failed' });
    const response = await call(BODY, signed(BODY));
    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      error: 'the definitions could not be fetched; see the server log',
    });
    expect(color()).toBe('red');
    emulator.fail('environment-document', undefined);
    expect((await call(BODY, signed(BODY))).status).toBe(204);
    expect(color()).toBe('blue');
  });
});

describe('a webhook with any other signature', () => {
  const right = signed(BODY);

  it.each<readonly [string, string | undefined]>([
    ['none', undefined],
    ['an empty one', ''],
    ['that of another secret', signed(BODY, 'another secret')],
    ['that of another body', signed(`${BODY} `)],
    ['one digit of which is wrong', right.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ['one that breaks off', right.slice(0, -1)],
    ['half of it', right.slice(0, 32)],
    ['one that is longer', `${right}0`],
    ['it twice', `${right}, ${right}`],
    ['upper case', right.toUpperCase()],
    ['a prefix', `sha256=${right}`],
    ['no digits', 'z'.repeat(64)],
    ['it in Base64', Buffer.from(right, 'hex').toString('base64')],
  ])('is answered 401 and fetches nothing: %s', async (_what, signature) => {
    emulator.publish(documentOf('blue'));
    const response = await call(BODY, signature);
    expect(response.status).toBe(401);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { error } = await response.json();
    expect(error).toContain('x-flagsmith-signature is missing or wrong');
    expect(error).not.toContain(right);
    expect(fetches()).toBe(1);
    expect(color()).toBe('red');
  });

  it('is answered 401 where the body was changed on its way', async () => {
    expect((await call(BODY.replace('FLAG', 'FLOG'), right)).status).toBe(401);
    expect(fetches()).toBe(1);
  });
});

describe('a webhook that is too large', () => {
  const large = new Uint8Array(MAX_BODY + 1);

  it('is answered 413 and fetches nothing, whatever its signature', async () => {
    const response = await call(large, signed(large));
    expect(response.status).toBe(413);
    expect((await response.json()).error).toContain(`${MAX_BODY} bytes`);
    expect(fetches()).toBe(1);
  });

  it('is answered 413 before all of it has come', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: 'POST', body: endless, duplex: 'half' };
    expect((await handler(new Request(ADDRESS, init as RequestInit))).status).toBe(413);
    expect(sent).toBeLessThan(2 * MAX_BODY);
    expect(fetches()).toBe(1);
  });

  it('is answered 413 by what it says of its length', async () => {
    const headers = { 'content-length': String(MAX_BODY + 1) };
    const request = new Request(ADDRESS, { method: 'POST', body: BODY, headers });
    expect((await handler(request)).status).toBe(413);
  });
});

it('a webhook whose body breaks off is answered 400', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
  const init = { method: 'POST', body: broken, duplex: 'half' };
  expect((await handler(new Request(ADDRESS, init as RequestInit))).status).toBe(400);
  expect(fetches()).toBe(1);
});

describe('a webhook cannot be made', () => {
  it.each([undefined, null, {}, { secret: '' }, { secret: 5 }])('of the options %j', (options) => {
    const create = () => flags.webhook(options as never);
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(create).toThrow(/`secret` of webhook/);
  });

  it('for a source whose backend signs none', () => {
    const unsigned = createFlags({ source: tableSource({ color: 'blue' }) });
    const create = () => unsigned.webhook({ secret: SECRET });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(create).toThrow(/table does not/);
    expect(create).not.toThrow(new RegExp(SECRET));
  });
});
