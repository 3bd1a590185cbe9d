import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, local } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentFor = (...users: readonly string[]) =>
  environment({
    features: [feature('color', { enabled: true })],
    identities: users.map((user) => identity(user, [override('color', `of ${user}`)])),
  });

describe('an identity override', () => {
  it('takes effect although the document is as old as before', async () => {
    const document = { ...documentFor('ann'), updated_at: '2026-01-02T03:04:05Z' };
    const emulator = await serve(document, { conditional: false });
    const client = connect(local(emulator));
    await client.ready();
    const color = (targetingKey: string) => client.resolve('color', 'none', { targetingKey }).value;
    expect([color('ann'), color('joe')]).toEqual(['of ann', 'default']);

    const other = { ...documentFor('joe'), updated_at: document.updated_at };
    emulator.publish(other, { keepUpdatedAt: true });
    expect(emulator.document.updated_at).toBe(document.updated_at);
    await client.refresh();
    expect([color('ann'), color('joe')]).toEqual(['default', 'of joe']);
  });

  it.each<readonly [string, object]>([
    ['an empty list', { identity_overrides: [] }],
    ['null', { identity_overrides: null }],
    ['nothing', { identity_overrides: undefined }],
  ])('that was the last is gone when the document has %s', async (_what, none) => {
    const emulator = await serve(documentFor('ann'));
    const client = connect(local(emulator));
    await client.ready();
    expect(client.resolve('color', 'none', { targetingKey: 'ann' }).value).toBe('of ann');
    emulator.publish({ ...documentFor(), ...none });
    await client.refresh();
    expect(client.resolve('color', 'none', { targetingKey: 'ann' }).value).toBe('default');
  });

  it('is for exactly one identifier, whatever that looks like', async () => {
    const odd = ['007', '1.5', 'a,b', '$.identity.identifier', ' ', 'é'];
    const emulator = await serve(documentFor(...odd));
    const client = connect(local(emulator));
    await client.ready();
    const color = (targetingKey: string) => client.resolve('color', 'none', { targetingKey }).value;
    expect(odd.map(color)).toEqual(odd.map((user) => `of ${user}`));
    expect(['7', '1.50', 'a', 'b', '  ', 'e\u0301'].map(color)).toEqual(Array(6).fill('default'));
  });

  it('changes no other flag, and the change names its own', async () => {
    const features = [feature('color'), feature('size')];
    const emulator = await serve(environment({ features }));
    const client = connect(local(emulator));
    await client.ready();
    const changes: (readonly string[])[] = [];
    client.on('configurationChanged', ({ flagsChanged }) => changes.push(flagsChanged));
    emulator.publish(
      environment({ features, identities: [identity('ann', [override('color', 'red')])] }),
    );
    await client.refresh();
    expect(changes).toEqual([['color']]);
  });
});
