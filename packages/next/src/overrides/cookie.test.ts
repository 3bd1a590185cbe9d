import type { FlagValue } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueSigner } from '../visitor/signed-value.ts';
import { type Choices, COOKIE_PURPOSE, choicesIn, decodeChoices, encodeChoices } from './cookie.ts';

const SECRET = 'a secret of thirty-two characters';
const NOW = 1_800_000_000;
const terms = { signer: valueSigner(SECRET, COOKIE_PURPOSE), environment: 'test' };

function encoded(choices: Choices, expiresAt = NOW + 60, made = terms): string {
  const cookie = encodeChoices(choices, expiresAt, made);
  if ('problem' in cookie) throw new Error(cookie.problem);
  return cookie.value;
}

const red: Choices = new Map([['color', 'red']]);

describe('a cookie of overrides', () => {
  it('brings back what was chosen, whatever the key and the value', () => {
    const key = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('__proto__', 'constructor'));
    const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<FlagValue>;
    const holds = fc.property(fc.dictionary(key, value, { maxKeys: 5 }), (overrides) => {
      const written = JSON.parse(JSON.stringify(overrides)) as typeof overrides;
      const choices = new Map(Object.entries(written));
      const cookie = encodeChoices(choices, NOW + 60, terms);
      if ('problem' in cookie) return;
      expect(cookie.value).toMatch(/^[\w.-]+$/);
      expect(decodeChoices(cookie.value, NOW, terms)).toEqual({ choices });
    });
    fc.assert(holds, { numRuns: 300, seed: 20_261_205 });
  });

  it('ends when it says', () => {
    const cookie = encoded(red, NOW + 60);
    expect(decodeChoices(cookie, NOW + 59, terms).choices).toEqual(red);
    expect(decodeChoices(cookie, NOW + 60, terms).problem).toMatch(/expired/);
  });

  it('counts where it was made for, and nowhere else', () => {
    const elsewhere = { ...terms, environment: 'production' };
    expect(decodeChoices(encoded(red), NOW, elsewhere).problem).toBe(
      'it was made for "test", and this is "production"',
    );
  });

  it.each([
    ['another secret', valueSigner('another secret of so many characters', COOKIE_PURPOSE)],
    ['the same secret for something else', valueSigner(SECRET, 'client context')],
  ])('counts for nothing when it is signed with %s', (_what, signer) => {
    const forged = encoded(red, NOW + 60, { ...terms, signer });
    expect(decodeChoices(forged, NOW, terms).problem).toMatch(/not signed/);
  });

  it('counts for nothing when a character of what it says is another', () => {
    const cookie = encoded(red);
    const end = cookie.indexOf('.');
    for (let i = 0; i < end; i++) {
      const other = cookie[i] === 'A' ? 'B' : 'A';
      const changed = cookie.slice(0, i) + other + cookie.slice(i + 1);
      expect(decodeChoices(changed, NOW, terms).choices, `at ${i}`).toBeUndefined();
    }
    expect(decodeChoices(cookie.slice(0, end), NOW, terms).choices).toBeUndefined();
    expect(decodeChoices(`${cookie.slice(0, end)}.`, NOW, terms).choices).toBeUndefined();
  });

  it('is read without a word, whatever it is', () => {
    const holds = fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
      expect(decodeChoices(text, NOW, terms).choices).toBeUndefined();
    });
    fc.assert(holds, { numRuns: 500, seed: 20_261_206 });
  });

  it.each([
    ['no list', 'test'],
    ['no choices', ['test']],
    ['choices that are none', ['test', [['color']]]],
    ['keys that are none', ['test', [[7, 'red']]]],
    ['more choices than one makes', ['test', Array.from({ length: 51 }, (_, i) => [`f${i}`, 1])]],
  ])('counts for nothing when it is signed and holds %s', (_what, content) => {
    const cookie = terms.signer.sign(content, NOW + 60);
    expect(decodeChoices(cookie, NOW, terms).choices).toBeUndefined();
  });

  it('is no larger than what a browser keeps', () => {
    const many = (count: number): Choices =>
      new Map(Array.from({ length: count }, (_, i) => [`flag-${i}`, true]));
    expect(encodeChoices(many(50), NOW, terms)).toHaveProperty('value');
    expect(encodeChoices(many(51), NOW, terms)).toEqual({
      problem: '51 flags are overridden; a cookie holds at most 50',
    });
    const large: Choices = new Map([['color', 'x'.repeat(3000)]]);
    expect(encodeChoices(large, NOW, terms)).toEqual({
      problem: expect.stringMatching(/take \d+ characters; a cookie holds at most 3800/),
    });
    const signed = terms.signer.sign(['test', [...large]], NOW + 60);
    expect(decodeChoices(signed, NOW, terms).problem).toBe('it has more than 3800 characters');
  });
});

it('takes choices from an object that others wrote, and from nothing else', () => {
  expect(choicesIn(JSON.parse('{"__proto__":1,"color":"red"}'))).toEqual(
    new Map<string, FlagValue>([
      ['__proto__', 1],
      ['color', 'red'],
    ]),
  );
  for (const other of [undefined, null, [], 'color=red', 7]) {
    expect(choicesIn(other)).toBeUndefined();
  }
});
