import { type EvaluationContext, ProviderStatus } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import type { PlainFlag } from '../fixtures/backends/flag.ts';
import { logEvents } from '../fixtures/event-log.ts';
import { nextEvent } from '../fixtures/next-event.ts';
import { LOCALLY, places } from '../fixtures/places.ts';

const { register } = places();

const flag = (key: string, text: string): PlainFlag => ({
  key,
  variants: { [text]: text },
  defaultVariant: text,
});

describe.each(LOCALLY)('definitions that change (%s)', (_title, place) => {
  const ada = place.backend.contextOf('ada') as EvaluationContext;
  const before = [flag('same', 'a'), flag('edited', 'old'), flag('gone', 'a')];
  const after = [flag('same', 'a'), flag('edited', 'new'), flag('added', 'a')];

  it('are told of with the flags that are different, and read at once', async () => {
    const { running, provider, client } = await register(place, before, {
      refresh: { interval: 20 },
    });
    expect(await client.getStringValue('edited', 'none', ada)).toBe('old');
    const changed = nextEvent(provider.events, 'PROVIDER_CONFIGURATION_CHANGED');
    const log = logEvents(provider.events, ['PROVIDER_CONFIGURATION_CHANGED']);
    running.publish(after);
    await changed;
    expect(log[0]?.flagsChanged?.toSorted()).toEqual(['added', 'edited', 'gone']);
    expect(await client.getStringValue('edited', 'none', ada)).toBe('new');
    expect(await client.getStringDetails('gone', 'none', ada)).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  it('are missed while they cannot be fetched, which is STALE, and READY when they can', async () => {
    const { running, provider, client } = await register(place, before, {
      refresh: { interval: 20, staleAfter: 60, maxBackoff: 20 },
    });
    const stale = nextEvent(provider.events, 'PROVIDER_STALE');
    running.failDefinitions({ status: 503 });
    await stale;
    expect(client.providerStatus).toBe(ProviderStatus.STALE);
    expect(await client.getStringDetails('edited', 'none', ada)).toMatchObject({
      value: 'old',
      reason: 'STALE',
    });
    const ready = nextEvent(provider.events, 'PROVIDER_READY');
    running.publish(after);
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(await client.getStringValue('edited', 'none', ada)).toBe('new');
  });
});
