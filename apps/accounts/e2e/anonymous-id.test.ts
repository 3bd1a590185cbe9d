import { decodeBootstrap } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../demo/e2e/harness/html.ts';
import { runApplication, textOf } from './harness/application.ts';
import { mintedBy } from './harness/minted-by.ts';

const application = runApplication();

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('a visitor who has no id yet has the same one in all of their first request', () => {
  it('in metadata, in a page, in what streams later, and in the values for the browser', async () => {
    const response = await fetch(application.url);
    const id = mintedBy(response);
    const html = await response.text();
    expect(id).toMatch(ID);
    expect(html).toContain(`<title>for ${id}</title>`);
    expect(textsOf(html, 'server-bucket')).toEqual([id]);
    expect(textsOf(html, 'late-bucket')).toEqual([id]);
    expect(textsOf(html, 'browser-bucket')).toEqual([id]);
  });

  it('in a route handler', async () => {
    const response = await fetch(`${application.url}/api/who`);
    expect(mintedBy(response)).toMatch(ID);
    expect(await response.json()).toEqual({ bucket: mintedBy(response) });
  });

  it('in the browser’s endpoint', async () => {
    const response = await fetch(`${application.url}/api/flags`);
    expect(mintedBy(response)).toMatch(ID);
    expect(decodeBootstrap(await response.json()).get('bucket')?.value).toBe(mintedBy(response));
  });

  it.each([
    ['one piece', 100_000, (bytes: Uint8Array<ArrayBuffer>) => bytes],
    ['many pieces', 1_000_000, (bytes: Uint8Array<ArrayBuffer>) => inPieces(bytes)],
    ['no bytes', 0, (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ])(
    'in a route handler that reads a body of %s, all of which arrives',
    async (_what, size, send) => {
      const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
      const init = { method: 'POST', body: send(bytes), duplex: 'half' };
      const response = await fetch(`${application.url}/api/who`, init as RequestInit);
      expect(mintedBy(response)).toMatch(ID);
      expect(await response.json()).toEqual({
        bucket: mintedBy(response),
        bytes: size,
        sum: bytes.reduce((sum, byte) => (sum + byte) % 65_536, 0),
      });
    },
  );

  it('in a report of exposures, whose body is read after the id was minted', async () => {
    const response = await fetch(`${application.url}/api/flags`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ keys: ['bucket'] }),
    });
    expect([response.status, mintedBy(response)]).toEqual([204, expect.stringMatching(ID)]);
  });

  it('in a server action', async () => {
    const visitor = await application.newVisitor();
    await application.open(visitor);
    // What the page still has to report would be given an id of its own.
    await visitor.page.waitForLoadState('networkidle');
    await visitor.context.clearCookies();
    await visitor.page.click('text=Ask an action');
    await visitor.page.waitForFunction(
      () => document.querySelector('[data-testid="said"]')?.textContent !== '',
    );
    const cookies = await visitor.context.cookies();
    const id = cookies.find(({ name }) => name === 'halyard-visitor')?.value;
    expect(await textOf(visitor, 'said')).toBe(`${id} read 5 characters`);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});

it('visitors in numbers each have their own', async () => {
  const ids = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const response = await fetch(`${application.url}/api/who`);
      const { bucket } = await response.json();
      expect(bucket).toBe(mintedBy(response));
      return bucket;
    }),
  );
  expect(new Set(ids).size).toBe(40);
});

/** The bytes as a stream that comes bit by bit. */
function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + 50_000));
      at += 50_000;
    },
  });
}
