import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { watchForFailure } from './failed-render.ts';

const push = (text: string) => `<script>self.__next_f.push([1,${JSON.stringify(text)}])</script>`;

/** Whether a failure is noticed in what a real server writes, and what arrives of it. */
async function served(write: (response: ServerResponse) => void) {
  let failures = 0;
  const server = createServer((_request, response) => {
    watchForFailure(response, () => failures++);
    write(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const text = await (await fetch(`http://localhost:${port}/`)).text();
  await new Promise((resolve) => server.close(resolve));
  return { failed: failures > 0, text };
}

const inChunks = (...chunks: readonly (string | Uint8Array)[]) =>
  served((response) => {
    for (const chunk of chunks) response.write(chunk);
    response.end();
  });

const REDIRECT = 'b:E{"digest":"NEXT_REDIRECT;replace;/;307;"}\n';
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a server component that has thrown', () => {
  it.each([
    ['a redirect', REDIRECT],
    ['not found', 'b:E{"digest":"NEXT_HTTP_ERROR_FALLBACK;404"}\n'],
    ['an error', '1a:["$","p"]\nb:E{"digest":"971058234"}\n'],
  ])('is noticed: %s', async (_name, row) => {
    expect(await inChunks(bytes(`<p>Wait</p>${push(row)}`))).toMatchObject({ failed: true });
    expect(await inChunks(push(row))).toMatchObject({ failed: true });
  });

  it('is noticed in the last thing that is written', async () => {
    expect(await served((response) => response.end(push(REDIRECT)))).toMatchObject({
      failed: true,
    });
  });

  it('is noticed wherever it is cut in two', async () => {
    const whole = push(REDIRECT);
    for (let at = 1; at < whole.length; at++) {
      const { failed, text } = await inChunks(bytes(whole.slice(0, at)), bytes(whole.slice(at)));
      expect({ at, failed, text }).toEqual({ at, failed: true, text: whole });
    }
  });

  it.each(['', ` nonce="${'n'.repeat(90)}"`])(
    'is noticed across two scripts, wherever they are cut in two%s',
    async (attributes) => {
      const scripts =
        push('b:E{"dig') + push('est":"1"}\n').replace('<script', `<script${attributes}`);
      expect(await inChunks(scripts)).toMatchObject({ failed: true });
      for (let at = 1; at < scripts.length; at++) {
        const { failed } = await inChunks(scripts.slice(0, at), scripts.slice(at));
        expect({ at, failed }).toEqual({ at, failed: true });
      }
    },
  );
});

describe('a page that is as it should be', () => {
  it.each([
    ['plain', push('1:["$","p",null,{"children":"E{}"}]\n')],
    ['about Next itself', push(`1:["$","p",null,{"children":${JSON.stringify(REDIRECT)}}]\n`)],
    ['with that text in its markup', '<p>E{&quot;digest&quot;:&quot;1&quot;}</p>'],
    ['in another language', push('1:"Œuvre — déjà vu"\n')],
  ])('is not taken for a failure, and arrives unchanged: %s', async (_name, text) => {
    expect(await inChunks(text)).toEqual({ failed: false, text });
    expect(await inChunks(bytes(text))).toEqual({ failed: false, text });
  });

  it('is looked at before it is compressed, and arrives as it was', async () => {
    const text = push(REDIRECT);
    const outcome = await served((response) => {
      // As a compressing middleware does it, and the watch put over it as at the first read of a flag.
      const gzip = createGzip();
      const { write, end } = response;
      response.setHeader('content-encoding', 'gzip');
      Object.assign(response, { write: gzip.write.bind(gzip), end: gzip.end.bind(gzip) });
      gzip.on('data', (chunk) => write.call(response, chunk, 'utf8'));
      gzip.on('end', () => end.call(response, undefined, 'utf8'));
      let failed = false;
      watchForFailure(response, () => {
        failed = true;
      });
      response.write(text);
      response.end();
      expect(failed).toBe(true);
    });
    expect(outcome).toEqual({ failed: false, text });
  });
});
