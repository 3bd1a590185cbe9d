import type { Reply } from '@halyard/testing';
import { garbage } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, isLaterPage, local } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

/** Three pages, on the last of which is Jane. */
const documentOf = (color: string) =>
  environment({
    features: [feature('color', { enabled: true, feature_state_value: color })],
    identities: [
      ...['ann', 'joe'].map((user) => identity(user, [override('color', user)])),
      identity('jane', [override('color', `${color} for jane`)]),
    ],
  });

const FAULTS: readonly (readonly [string, Reply])[] = [
  ['that breaks off', { fault: 'truncate' }],
  ['that is reset', { fault: 'reset' }],
  ['that is not HTTP', { fault: 'garble' }],
  ['that is not JSON', { body: garbage(300) }],
  ['that is JSON of something else', { body: ['no', 'page'] }],
  ['whose overrides are no list', { body: { identity_overrides: 'none' } }],
  ['that is answered 500', { status: 500 }],
  ['that is answered 404', { status: 404 }],
];

describe('a later page', () => {
  it.each(FAULTS)('%s leaves the last good definitions in use, and passes', async (_how, fault) => {
    const emulator = await serve(documentOf('red'), { overridesPerPage: 1 });
    const client = connect(local(emulator));
    await client.ready();
    const { version } = client.status();
    const color = (targetingKey: string) => client.resolve('color', 'none', { targetingKey }).value;

    emulator.publish(documentOf('blue'));
    emulator.fail('environment-document', (request) => (isLaterPage(request) ? fault : {}));
    const failed = await client.refresh();
    expect(failed).toMatchObject({ state: 'ready', version, refreshes: { failed: 1 } });
    expect(failed.lastError).toBeDefined();
    expect(failed.lastError?.message).not.toContain(emulator.serverKey);
    expect([color('jane'), color('somebody')]).toEqual(['red for jane', 'red']);

    emulator.fail('environment-document', undefined);
    expect(await client.refresh()).toMatchObject({ state: 'ready', lastError: undefined });
    expect([color('jane'), color('somebody')]).toEqual(['blue for jane', 'blue']);
  });

  it('that fails only at the last of three does not take over the two before', async () => {
    const emulator = await serve(documentOf('red'), { overridesPerPage: 1 });
    const client = connect(local(emulator));
    await client.ready();
    emulator.publish(documentOf('blue'));
    const isLast = ({ url }: { readonly url: string }) => decodeURIComponent(url).endsWith(':2');
    emulator.fail('environment-document', (request) => (isLast(request) ? { status: 503 } : {}));
    await client.refresh();
    expect(client.status().refreshes.failed).toBe(1);
    expect(client.resolve('color', 'none', { targetingKey: 'jane' }).value).toBe('red for jane');
    expect(client.resolve('color', 'none').value).toBe('red');
  });
});
