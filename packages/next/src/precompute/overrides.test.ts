import { type FlagdDocument, flagdDefinitions } from '@halyard/sources/flagd';
import { afterEach, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import { overrideCookie } from '../overrides/override-cookie.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const SECRET = 'a secret of thirty-two characters';
const definitions: FlagdDocument = {
  flags: {
    color: { state: 'ENABLED', variants: { red: '#f00', blue: '#00f' }, defaultVariant: 'red' },
    checkout: { state: 'DISABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
  },
};
const logger = { warn: vi.fn() };
// One secret for everything: what is signed for one purpose is good for no other.
const flags = createFlags({
  source: flagdDefinitions(definitions),
  overrides: { secret: SECRET, environment: 'test' },
  logger,
});
const page = flags.precompute({ color: 'gray', checkout: false }, { secret: SECRET });

afterEach(() => flags.client.close());

it('what somebody has chosen chooses their page, which is one of those made for all', async () => {
  const shownWith = async (overrides: Record<string, string | boolean>) => {
    const { value } = overrideCookie({ secret: SECRET, environment: 'test', overrides });
    const visitor = fakeRequest({ cookies: { 'halyard-overrides': value } });
    return page.read(await within(visitor, () => page.code()));
  };
  const values = async (overrides: Record<string, string | boolean>) =>
    (await shownWith(overrides)).values;
  expect(await values({})).toEqual({ color: '#f00', checkout: false });
  expect(await values({ color: 'blue' })).toEqual({ color: '#00f', checkout: false });
  expect(await values({ color: 'blue', checkout: true })).toEqual({
    color: '#00f',
    checkout: true,
  });
  const made = (await page.combinations()).map((combination) => combination.values);
  expect(made).toContainEqual({ color: '#00f', checkout: true });
  expect(logger.warn).not.toHaveBeenCalled();
});
