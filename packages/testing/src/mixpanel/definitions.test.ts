import { describe, expect, it } from 'vitest';
import type { MixpanelEmulator } from '../index.ts';
import { askDefinitions, basic, emulators, serviceBasic, shop } from './fixtures/shop.ts';

const start = emulators();

/** What is answered for a query, with these credentials. */
async function answered(
  { apiHost }: MixpanelEmulator,
  query: string,
  headers: Readonly<Record<string, string>>,
) {
  const response = await fetch(`${apiHost}/flags/definitions?${query}`, { headers });
  return [response.status, response.ok ? '' : await response.text()];
}

describe('the definitions', () => {
  it('are the ones that were given', async () => {
    const response = await askDefinitions(await start());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.json()).toEqual(shop());
  });

  it('are not changed by changing the object they came from', async () => {
    const definitions = shop();
    const emulator = await start({ definitions });
    definitions.flags.length = 0;
    expect(emulator.definitions.flags).toHaveLength(3);
  });

  it('are the ones that are published, or made of those before', async () => {
    const emulator = await start();
    emulator.publish({ flags: [{ key: 'a' }] });
    emulator.publish(({ flags }) => ({ flags: [...flags, { key: 'b' }] }));
    expect(await (await askDefinitions(emulator)).json()).toEqual({
      flags: [{ key: 'a' }, { key: 'b' }],
    });
  });

  it('are compressed for who accepts that', async () => {
    const emulator = await start({ encoding: 'gzip' });
    const response = await askDefinitions(emulator, { 'Accept-Encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.json()).toEqual(shop());
  });
});

describe('credentials', () => {
  it('are the token, as a user name', async () => {
    const emulator = await start();
    const query = `token=${emulator.token}`;
    expect(await answered(emulator, query, basic(emulator.token))).toEqual([200, '']);
    for (const headers of [basic('other'), basic(emulator.token, 'x'), basic('')]) {
      expect(await answered(emulator, query, headers)).toEqual([
        401,
        'The credentials are not valid.',
      ]);
    }
    expect(await answered(emulator, query, {})).toEqual([401, 'No credentials were given.']);
    expect(await answered(emulator, query, { Authorization: 'Bearer x' })).toEqual([
      401,
      'No credentials were given.',
    ]);
  });

  it('are the service account, and the project it is in', async () => {
    const emulator = await start();
    const { token, serviceAccount } = emulator;
    const headers = serviceBasic(serviceAccount);
    const project = `project_id=${serviceAccount.projectId}`;
    expect(await answered(emulator, `token=${token}&${project}`, headers)).toEqual([200, '']);
    expect((await answered(emulator, `token=${token}`, headers))[0]).toBe(400);
    expect((await answered(emulator, `token=${token}&project_id=1`, headers))[0]).toBe(403);
    const wrong = basic(serviceAccount.username, 'wrong');
    expect((await answered(emulator, `token=${token}&${project}`, wrong))[0]).toBe(401);
  });

  it('do not make up for a token that is missing, or another project’s', async () => {
    const emulator = await start();
    const headers = basic(emulator.token);
    expect(await answered(emulator, '', headers)).toEqual([400, 'The query has no token.']);
    expect(await answered(emulator, 'token=x', headers)).toEqual([401, 'The token is not valid.']);
  });

  it('can be chosen', async () => {
    const serviceAccount = { username: 'me', secret: 'mine', projectId: '7' };
    const emulator = await start({ token: 'my-token', serviceAccount });
    expect(emulator).toMatchObject({ token: 'my-token', serviceAccount });
    expect((await askDefinitions(emulator)).status).toBe(200);
    const query = 'token=my-token&project_id=7';
    expect(await answered(emulator, query, basic('me', 'mine'))).toEqual([200, '']);
  });
});
