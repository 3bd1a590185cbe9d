import { describe, expect, it } from 'vitest';
import { cacheKeys } from './keys.ts';

/** The slot of a key in a cluster: CRC16/XMODEM of what is in the first braces, of 16384. */
function slotOf(key: string): number {
  const tag = /\{([^}]+)\}/.exec(key)?.[1] ?? key;
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc % 16_384;
}

const keysOf = (id: string, name = 'flagsmith', prefix = 'halyard:') => cacheKeys(prefix, name, id);

describe('the keys of a cache', () => {
  it('are the same for every worker with the same source', () => {
    expect(keysOf('https://a#1')).toEqual(keysOf('https://a#1'));
    expect(keysOf('https://a#1').entry).toMatch(/^halyard:\{flagsmith:[0-9a-f]{32}\}:definitions$/);
  });

  it.each([
    ['credentials', keysOf('https://a#2')],
    ['backend', keysOf('https://a#1', 'posthog')],
    ['address', keysOf('https://b#1')],
    ['prefix', keysOf('https://a#1', 'flagsmith', 'staging:')],
  ])('differ with the %s', (_what, other) => {
    const own = new Set(Object.values(keysOf('https://a#1')));
    for (const key of Object.values(other)) expect(own).not.toContain(key);
  });

  it('land in one slot of a cluster, whatever the source is called', () => {
    for (let i = 0; i < 200; i++) {
      const { entry, lease, token } = keysOf(`id}{${i}`, `na{me}${i}`);
      expect(new Set([entry, lease, token].map(slotOf)).size).toBe(1);
    }
    expect(slotOf('{123456789}')).toBe(12_739);
  });

  it('show nothing of the id', () => {
    expect(JSON.stringify(keysOf('https://a#secret'))).not.toContain('secret');
  });
});
