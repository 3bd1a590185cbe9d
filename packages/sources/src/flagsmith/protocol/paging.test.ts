import { startHttpServer } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, local } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const USERS = Array.from({ length: 7 }, (_, i) => `user-${i}`);
const document = environment({
  features: [feature('color')],
  identities: USERS.map((user) => identity(user, [override('color', `of ${user}`)])),
});

describe('a document in pages', () => {
  it.each(['path', 'absolute'] as const)(
    'is read to its end by links that are %s',
    async (nextLink) => {
      const emulator = await serve(document, { overridesPerPage: 2, nextLink });
      const client = connect(local(emulator));
      await client.ready();
      const colors = [...USERS, 'nobody else'].map(
        (targetingKey) =>
          client.snapshot({ targetingKey }).details('color', 'none', { expose: false }).value,
      );
      expect(colors).toEqual([...USERS.map((user) => `of ${user}`), 'none']);
      const requests = emulator.requestsTo('environment-document');
      expect(requests).toHaveLength(4);
      for (const { headers } of requests) {
        expect(headers['x-environment-key']).toBe(emulator.serverKey);
      }
    },
  );

  it('takes effect where a change is on a later page', async () => {
    const emulator = await serve(document, { overridesPerPage: 2 });
    const client = connect(local(emulator));
    await client.ready();
    emulator.publish({
      ...document,
      identity_overrides: [...USERS, 'user-7'].map((user) =>
        identity(user, [override('color', `now of ${user}`)]),
      ),
    });
    await client.refresh();
    const last = client.snapshot({ targetingKey: 'user-7' });
    expect(last.get('color', 'none')).toBe('now of user-7');
    expect(client.snapshot({ targetingKey: 'user-0' }).get('color', 'none')).toBe('now of user-0');
  });

  it('stays in use when it has no pages any more', async () => {
    const emulator = await serve(document, { overridesPerPage: 2 });
    const client = connect(local(emulator));
    await client.ready();
    const own = identity('user-0', [override('color', 'alone')]);
    emulator.publish({ ...document, identity_overrides: [own] });
    await client.refresh();
    expect(client.resolve('color', 'none', { targetingKey: 'user-0' }).value).toBe('alone');
    expect(client.resolve('color', 'none', { targetingKey: 'user-6' }).value).toBe('none');
  });
});

describe('a next page on another server', () => {
  it.each<readonly [string, (here: string, there: string) => string]>([
    ['by its address', (_here, there) => `http://${there}/page`],
    ['without a scheme', (_here, there) => `//${there}/page`],
    ['in disguise', (_here, there) => `%2F%2F${there}/page`],
    ['behind a user name', (here, there) => `http://${here}@${there}/page`],
  ])('%s is refused, and does not get the key', async (_how, linkTo) => {
    const other = await startHttpServer({ body: { identity_overrides: [] } });
    try {
      const emulator = await serve(document);
      const link = linkTo(`127.0.0.1:${emulator.port}`, `127.0.0.1:${other.port}`);
      emulator.fail('environment-document', { headers: { link: `<${link}>; rel="next"` } });
      const client = connect(local(emulator));
      const { state, lastError } = await client.refresh();
      expect(state).toBe('error');
      expect(lastError?.code).toBe('INVALID_DEFINITIONS');
      expect(lastError?.message).toContain(
        'another server, which must not see the environment key',
      );
      expect(other.requests).toEqual([]);
      emulator.fail('environment-document', undefined);
      expect(await client.refresh()).toMatchObject({ state: 'ready', lastError: undefined });
    } finally {
      await other.close();
    }
  });

  it('that a redirect leads to does not get the key either', async () => {
    const other = await startHttpServer({ body: document });
    try {
      const emulator = await serve(document);
      emulator.fail('environment-document', { status: 302, headers: { location: other.url } });
      const client = connect(local(emulator, { headers: { 'x-proxy-token': 'hush' } }));
      await client.ready();
      const [request] = await other.received(1);
      expect(JSON.stringify(request)).not.toMatch(/ser\.emulator|hush/);
    } finally {
      await other.close();
    }
  });
});
