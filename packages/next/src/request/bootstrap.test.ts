import { type FlagSource, murmur3x86_32 } from '@halyard/core';
import { beforeEach, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

beforeEach(() => {
  fakes.created.length = 0;
});

/** The mark of whoever is in this browser, with this account. */
function markWith(subject: FlagSource['subject'], account: string): Promise<string | undefined> {
  const source = tableSource({ color: 'blue' }, expect.getState().currentTestName);
  const flags = createFlags({
    source: { ...source, ...(subject && { subject }) },
    identify: () => ({ targetingKey: 'browser', account }),
    client: { flags: 'all' },
  });
  return within(fakeRequest(), async () => (await flags.hydrate()).visitor);
}

it('a visitor is marked by whom the backend counts for, who may change where the targeting key stays', async () => {
  const byAccount: FlagSource['subject'] = ({ account }) => String(account);
  const [ann, ben, again] = [
    await markWith(byAccount, 'ann'),
    await markWith(byAccount, 'ben'),
    await markWith(byAccount, 'ann'),
  ];
  expect(ann).toMatch(/^[0-9a-z]{1,7}$/);
  expect(ben).not.toBe(ann);
  expect(again).toBe(ann);
});

it('a visitor is marked by the targeting key where that is whom the backend counts for', async () => {
  expect(await markWith(undefined, 'ann')).toBe(murmur3x86_32('browser').toString(36));
});

it.each<[string, FlagSource['subject']]>([
  ['for nobody', () => undefined],
  [
    'for whoever it cannot tell',
    () => {
      throw new Error('no account');
    },
  ],
])('a visitor has no mark where the backend counts %s', async (_title, subject) => {
  expect(await markWith(subject, 'ann')).toBeUndefined();
});
