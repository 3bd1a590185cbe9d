import { describe, expect, it } from 'vitest';
import * as edge from './edge.ts';
import * as node from './index.ts';

const url = 'redis://localhost:1';

describe('on the Edge runtime', () => {
  it('the names are the same, so that a bundler finds them', () => {
    expect(Object.keys(edge).sort()).toEqual(Object.keys(node).sort());
  });

  it('a cache can be made, and says what to do when it is asked', () => {
    const cache = edge.redisDefinitionCache({ url });
    expect(() => cache.shouldFetchFlagDefinitions()).toThrow(/Node\.js only.*proxy\.ts/);
    expect(() => cache.getFlagDefinitions()).toThrow(/Node\.js only/);
    expect(() => cache.shutdown()).not.toThrow();
  });

  it('an outbox can be made, and says what to do when it is given something', () => {
    const outbox = edge.redisExposureOutbox({ url, name: 'mine' });
    expect(outbox.name).toBe('mine');
    expect(() => outbox.send([], { signal: AbortSignal.abort() })).toThrow(/Node\.js only/);
    expect(() => outbox.counters).toThrow(/Node\.js only/);
  });
});
