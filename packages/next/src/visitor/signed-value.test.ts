import { describe, expect, it } from 'vitest';
import { valueSigner } from './signed-value.ts';

const SECRET = 'a secret of more than 32 characters';
const NOW = 1_800_000_000;
const signer = valueSigner(SECRET, 'test');
const signed = signer.sign({ plan: 'pro' }, NOW + 60);

/** The text with one character changed. */
const changedAt = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

describe('a signed value', () => {
  it('comes back as it was', () => {
    expect(signer.open(signed, NOW)).toEqual({ plan: 'pro' });
    expect(valueSigner(SECRET, 'test').open(signed, NOW)).toEqual({ plan: 'pro' });
  });

  it('is fit for a cookie', () => {
    expect(signed).toMatch(/^[\w.-]+$/);
  });

  it('is over at its end', () => {
    expect(signer.open(signed, NOW + 59)).toEqual({ plan: 'pro' });
    expect(signer.open(signed, NOW + 60)).toBeUndefined();
  });

  it('is nothing once a character was changed, except for bits that mean nothing', () => {
    const [payload = ''] = signed.split('.');
    for (let at = 0; at < payload.length; at++) {
      expect(signer.open(changedAt(signed, at), NOW)).toBeUndefined();
    }
    for (let at = payload.length + 1; at < signed.length - 1; at++) {
      expect(signer.open(changedAt(signed, at), NOW)).toBeUndefined();
    }
  });

  it.each([
    ['another secret', valueSigner('another secret of more than 32 characters', 'test')],
    ['another purpose', valueSigner(SECRET, 'other')],
  ])('is nothing to %s', (_name, other) => {
    expect(other.open(signed, NOW)).toBeUndefined();
  });

  it.each(['', '.', 'a.b', signed.split('.')[0] ?? '', `${signed.split('.')[0]}.`, '💥.💥'])(
    'is nothing when it is no such text: %s',
    (text) => {
      expect(signer.open(text, NOW)).toBeUndefined();
    },
  );
});
