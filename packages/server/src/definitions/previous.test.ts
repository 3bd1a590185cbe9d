import type { CompileOptions, Ruleset } from '@halyard/core';
import { type HttpServer, startHttpServer, temporaryFolder } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { fileSource, httpSource, type PlainDocument } from '../fixtures/plain-source.ts';
import { createFlagClient } from '../index.ts';

const RED = { color: { value: 'red' } };
const BLUE = { color: { value: 'blue' } };

let server: HttpServer;
beforeEach(async () => {
  server = await startHttpServer([{ body: RED }, { body: RED }, { body: BLUE }]);
});
afterEach(() => server.close());

/** A client over a source that writes down what it compiles from and what it gives. */
function watched(source: ReturnType<typeof httpSource>) {
  const compiled: { readonly previous: Ruleset | undefined; readonly ruleset: Ruleset }[] = [];
  const client = createFlagClient({
    source: {
      ...source,
      compile(document: PlainDocument, options?: CompileOptions) {
        const ruleset = source.compile(document, options);
        compiled.push({ previous: options?.previous, ruleset });
        return ruleset;
      },
    },
    logger: testLogger(),
  });
  return { client, compiled };
}

describe('compiling definitions anew', () => {
  it('is given the ruleset in use, whose parts it may use again', async () => {
    const { client, compiled } = watched(httpSource(server.url));
    await client.ready();
    await client.refresh();
    await client.refresh();
    expect(compiled).toHaveLength(2);
    expect(compiled[0]?.previous).toBeUndefined();
    expect(compiled[1]?.previous).toBe(compiled[0]?.ruleset);
    await client.close();
  });

  it('is given the ruleset of fallback definitions as well', async () => {
    const fallback = { kind: 'inline', value: BLUE } as const;
    const { client, compiled } = watched({ ...httpSource(server.url), fallback });
    await client.ready();
    expect(compiled[1]?.previous).toBe(compiled[0]?.ruleset);
    await client.close();
  });

  it('is given the same version for the same text, wherever it came from', async () => {
    const folder = await temporaryFolder();
    const path = await folder.save('flags.json', JSON.stringify(RED));
    const file = createFlagClient({ source: fileSource(path) });
    const http = createFlagClient({ source: httpSource(server.url) });
    const [one, other] = await Promise.all([file.ready(), http.ready()]);
    expect(one.version).toMatch(/^[0-9a-f]{16}$/);
    expect(other.version).toBe(one.version);
    await Promise.all([file.close(), http.close(), folder.cleanUp()]);
  });
});
