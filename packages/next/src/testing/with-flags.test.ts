import { describe, expect, it } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { withFlags } from './index.ts';

// No request, no mock of Next, and a backend that must not be asked.
const flags = createFlags({
  source: tableSource({ color: 'from the backend', limit: 1 }, 'with-flags'),
  client: { flags: ['color', 'limit'] },
  identify: () => {
    throw new Error('nobody is asked who the visitor is');
  },
});

describe('within withFlags', () => {
  it('reads give what the test states', async () => {
    await withFlags({ color: 'red', limit: 5, layout: { columns: 2 } }, async () => {
      expect(await flags.get('color', 'gray')).toBe('red');
      expect(await flags.get('limit', 0)).toBe(5);
      expect(await flags.get('layout', {})).toEqual({ columns: 2 });
      expect(await flags.details('color', 'gray')).toEqual({
        flagKey: 'color',
        value: 'red',
        reason: 'STATIC',
        flagMetadata: {},
      });
    });
  });
});
