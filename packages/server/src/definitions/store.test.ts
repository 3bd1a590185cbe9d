import { describe, expect, it } from 'vitest';
import { PlainRuleset } from '../fixtures/plain-source.ts';
import type { Definitions } from './held.ts';
import { DefinitionsStore } from './store.ts';

function definitions(version: string): Definitions {
  const ruleset = new PlainRuleset({}, { version });
  return { ruleset, digest: version, validator: undefined };
}

describe('the definitions in use', () => {
  it('are never replaced by fallback definitions that come late', () => {
    const store = new DefinitionsStore(Number.POSITIVE_INFINITY);
    store.loaded({ kind: 'changed', definitions: definitions('live') }, 0);
    expect(store.takeFallback(definitions('shipped'))).toBe(false);
    expect(store).toMatchObject({ from: 'source', ruleset: { version: 'live' } });
  });

  it('may be fallback definitions, which have no age', () => {
    const store = new DefinitionsStore(1000);
    expect(store.takeFallback(definitions('shipped'))).toBe(true);
    expect(store).toMatchObject({ from: 'fallback', staleAt: Number.POSITIVE_INFINITY });
    expect(store.ageMs(5)).toBeUndefined();
  });
});
