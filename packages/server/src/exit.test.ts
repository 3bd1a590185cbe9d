import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type HttpServer, startHttpServer, temporaryFolder } from '@halyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

let answering: HttpServer;
let hanging: HttpServer;
let streaming: HttpServer;
const folder = temporaryFolder();

beforeAll(async () => {
  // A real program needs the package as built; when it is up to date this takes no time.
  await run(path('../../../node_modules/.bin/tsc'), ['-b', path('..')]);
  answering = await startHttpServer({ body: { color: 'red' } });
  hanging = await startHttpServer({ fault: 'hang' });
  const headers = { 'content-type': 'text/event-stream' };
  streaming = await startHttpServer({ headers, stream: (body) => body.write(': hello\n\n') });
});
afterAll(async () => {
  await Promise.all([
    answering.close(),
    hanging.close(),
    streaming.close(),
    (await folder).cleanUp(),
  ]);
});

describe('a program that uses the runtime ends by itself', () => {
  it.each<
    [scenario: string, what: string, output: string[], place: () => string | Promise<string>]
  >([
    ['file', 'while a file is watched', ['red'], savedFile],
    ['http', 'while a backend is polled over open connections', ['red'], () => answering.url],
    ['updates', 'while a stream of updates is open', ['connected'], () => streaming.url],
    ['silent updates', 'while a stream is asked for', ['waited'], () => hanging.url],
    ['no file', 'after it has waited for a file in vain', ['error'], () => '/nowhere/flags.json'],
    ['no answer', 'after it has waited for tries and pauses', ['error'], () => hanging.url],
    ['background', 'and its last exposures are sent before', ['read', 'sent 1'], () => ''],
    ['hanging sink', 'while a sink hangs', ['read'], () => ''],
    ['flushing into a hanging sink', 'after the deadline', ['pending 1'], () => ''],
    ['usage', 'while counts of reads wait to be sent', ['red', 'pending 1'], () => hanging.url],
    ['own sink', 'when the backend has its last exposures', ['sent 1'], () => answering.url],
    ['closed', 'when it has closed the client', ['sent 1', 'closed'], () => answering.url],
  ])('(%s) %s', async (scenario, _what, output, place) => {
    const program = [path('./fixtures/exit.mjs'), scenario, await place()];
    // Rejects when the program fails, or has to be ended.
    const { stdout } = await run(process.execPath, program, { timeout: 20_000 });
    expect(stdout.trim().split('\n')).toEqual(output);
  });
});

async function savedFile(): Promise<string> {
  return (await folder).save('flags.json', '{"color":"red"}');
}
