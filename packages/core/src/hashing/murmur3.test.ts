import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { murmur3x86_32 } from '../index.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** A second, slower implementation: exact integer arithmetic, straight from the algorithm. */
function reference(data: Uint8Array, seed: number): number {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, n: bigint) => ((x << n) | (x >> (32n - n))) & mask;
  const scramble = (k: bigint) => (rotate((k * 0xcc9e2d51n) & mask, 15n) * 0x1b873593n) & mask;
  let h = BigInt(seed >>> 0);
  const blocks = Math.floor(data.length / 4);
  const view = Buffer.from(data);
  for (let i = 0; i < blocks; i++) {
    h = (rotate(h ^ scramble(BigInt(view.readUInt32LE(i * 4))), 13n) * 5n + 0xe6546b64n) & mask;
  }
  let tail = 0n;
  for (let i = data.length - 1; i >= blocks * 4; i--) tail = (tail << 8n) | BigInt(data[i] ?? 0);
  h ^= scramble(tail);
  h ^= BigInt(data.length);
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return Number(h ^ (h >> 16n));
}

describe('murmur3x86_32', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['aaaa', 0x9747b28c, 0x5a97808a],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aa', 0x9747b28c, 0x5d211726],
    ['a', 0x9747b28c, 0x7fa09ea6],
    ['abcd', 0x9747b28c, 0xf0478627],
    ['abc', 0x9747b28c, 0xc84a62dd],
    ['ab', 0x9747b28c, 0x74875592],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['ππππππππ', 0x9747b28c, 0xd58063c1],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ['a'.repeat(256), 0x9747b28c, 0x37405bdc],
  ])('hashes %j with seed %i as published', (text, seed, expected) => {
    expect(murmur3x86_32(text, seed)).toBe(expected);
  });

  it.each([
    [bytes(0xff, 0xff, 0xff, 0xff), 0, 0x76293b50],
    [bytes(0x21, 0x43, 0x65, 0x87), 0, 0xf55b516b],
    [bytes(0x21, 0x43, 0x65, 0x87), 0x5082edee, 0x2362f9de],
    [bytes(0x21, 0x43, 0x65), 0, 0x7e4a8634],
    [bytes(0x21, 0x43), 0, 0xa0f7b07a],
    [bytes(0x21), 0, 0x72661cf4],
    [bytes(0, 0, 0, 0), 0, 0x2362f9de],
    [bytes(0, 0, 0), 0, 0x85f0b427],
    [bytes(0, 0), 0, 0x30f4c306],
    [bytes(0), 0, 0x514e28b7],
  ])('hashes the bytes %j with seed %i as published', (data, seed, expected) => {
    expect(murmur3x86_32(data, seed)).toBe(expected);
  });

  it("gives the value by which SMHasher, the algorithm's own test suite, verifies it", () => {
    const hashes = new Uint8Array(256 * 4);
    const view = new DataView(hashes.buffer);
    for (let length = 0; length < 256; length++) {
      const key = Uint8Array.from({ length }, (_, i) => i);
      view.setUint32(length * 4, murmur3x86_32(key, 256 - length), true);
    }
    expect(murmur3x86_32(hashes, 0)).toBe(0xb0f57ee3);
  });

  it('hashes every text like its UTF-8 bytes and like exact integer arithmetic', () => {
    fc.assert(
      fc.property(anyText, fc.integer(), (text, seed) => {
        const data = new TextEncoder().encode(text);
        expect(murmur3x86_32(text, seed)).toBe(reference(data, seed));
        expect(murmur3x86_32(data, seed)).toBe(reference(data, seed));
      }),
      sample(1_000),
    );
  });

  it.each(['ascii only ', 'mixed é€😀 '])('hashes megabytes of %j', (part) => {
    const text = part.repeat(120_000);
    expect(murmur3x86_32(text)).toBe(reference(new TextEncoder().encode(text), 0));
  });
});
