import { describe, expect, it } from 'vitest';
import {
  formatKeptIds,
  type KeptIds,
  keptIdOf,
  parseKeptIds,
  withKeptId,
  withoutKeptId,
} from './kept-ids.ts';

const NONE: KeptIds = new Map();
const VISITOR = '0b6f2b0e-9a55-4a52-8b0e-3d4f9d6c1a11';
const OTHER = 'f8a1c2d3-0000-4a52-8b0e-3d4f9d6c1a11';

/** As a browser brings it back. */
const sentBack = (kept: KeptIds) => parseKeptIds(formatKeptIds(kept));

describe('an account', () => {
  it('keeps the id of the visitor who signed in, also in the next request', () => {
    const kept = sentBack(withKeptId(NONE, 'ann', VISITOR));
    expect(keptIdOf(kept, 'ann')).toBe(VISITOR);
    expect(keptIdOf(kept, 'bob')).toBeUndefined();
  });

  it('keeps its first id when it signs in as another visitor', () => {
    const kept = withKeptId(withKeptId(NONE, 'ann', VISITOR), 'ann', OTHER);
    expect(keptIdOf(sentBack(kept), 'ann')).toBe(VISITOR);
  });

  it('cannot have what another account has kept', () => {
    const kept = withKeptId(withKeptId(NONE, 'ann', VISITOR), 'bob', VISITOR);
    expect(keptIdOf(kept, 'bob')).toBeUndefined();
    expect(keptIdOf(kept, 'ann')).toBe(VISITOR);
  });

  it('lets go of it', () => {
    const both = withKeptId(withKeptId(NONE, 'ann', VISITOR), 'bob', OTHER);
    const kept = sentBack(withoutKeptId(both, 'ann'));
    expect(keptIdOf(kept, 'ann')).toBeUndefined();
    expect(keptIdOf(kept, 'bob')).toBe(OTHER);
  });

  it.each(['1', 'a@b.c', '__proto__', 'x'.repeat(5000), '名前'])('may have any id: %s', (id) => {
    expect(keptIdOf(sentBack(withKeptId(NONE, id, VISITOR)), id)).toBe(VISITOR);
  });
});

describe('the cookie', () => {
  it('holds four accounts, and forgets the one that signed in longest ago', () => {
    let kept = NONE;
    for (const account of ['a', 'b', 'c', 'd', 'a', 'e']) {
      kept = sentBack(withKeptId(kept, account, `visitor-${account}`));
    }
    expect(['a', 'b', 'c', 'd', 'e'].map((account) => keptIdOf(kept, account))).toEqual([
      ...['visitor-a', undefined, 'visitor-c', 'visitor-d', 'visitor-e'],
    ]);
  });

  it('does not say which accounts they are', () => {
    expect(formatKeptIds(withKeptId(NONE, 'ann@shop.test', VISITOR))).toMatch(
      new RegExp(`^[0-9a-f]{16}\\.${VISITOR}$`),
    );
  });

  it.each([
    undefined,
    '',
    'nonsense',
    '0123456789abcdef.short',
    '0123456789abcdef.<script>alert(1)</script>',
    `0123456789ABCDEF.${VISITOR}`,
    `~~.${VISITOR}~`,
  ])('holds nothing when it is %s', (text) => {
    expect(parseKeptIds(text).size).toBe(0);
  });

  it('is read no further than its bound', () => {
    const text = Array.from(
      { length: 100 },
      (_, i) => `${String(i).padStart(16, '0')}.visitor-${i}`,
    );
    expect(parseKeptIds(text.join('~')).size).toBe(4);
  });
});
