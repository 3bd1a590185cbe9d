import { OpenFeature } from '@openfeature/web-sdk';
import { afterEach, expect, it } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { HalyardWebProvider } from '../web/index.ts';
import { createIsolatedApi } from './isolated-api.ts';

afterEach(() => OpenFeature.clearProviders());

it('an isolated API shares no provider, context or hook with the global one, or with another', async () => {
  const [first, second] = [createIsolatedApi(), createIsolatedApi()];
  const seen: string[] = [];
  first.setProvider('shop', new HalyardWebProvider(bootstrapOf({ color: 'red' })));
  first.addHooks({ before: ({ flagKey }) => void seen.push(flagKey) });
  await first.setContext({ targetingKey: 'ada' });
  for (const other of [second, OpenFeature]) {
    expect(other.getClient('shop').getStringValue('color', 'none')).toBe('none');
    expect(other.getContext()).toEqual({});
  }
  expect(seen).toEqual([]);
  expect(first.getClient('shop').getStringValue('color', 'none')).toBe('red');
  expect(seen).toEqual(['color']);
});
