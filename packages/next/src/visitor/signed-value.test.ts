import { createHmac } from 'node:crypto';
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

  it('is nothing once a character was changed', () => {
    for (let at = 0; at < signed.length; at++) {
      expect(signer.open(changedAt(signed, at), NOW), `at ${at}`).toBeUndefined();
    }
  });

  it.each(['.', '.more', '=', '!', ' '])('is nothing with more behind it: "%s"', (more) => {
    expect(signer.open(signed + more, NOW)).toBeUndefined();
  });

  it.each([
    ['another secret', valueSigner('another secret of more than 32 characters', 'test')],
    ['another purpose', valueSigner(SECRET, 'other')],
  ])('is nothing to %s', (_name, other) => {
    expect(other.open(signed, NOW)).toBeUndefined();
  });

  it.each(['null', '7', '{', '["no time", 1]', '{"0": 1}'])(
    'is nothing when it was signed in another form: %s',
    (content) => {
      const key = createHmac('sha256', SECRET).update('halyard test 1').digest();
      const payload = Buffer.from(content).toString('base64url');
      const signature = createHmac('sha256', key).update(payload).digest('base64url');
      expect(signer.open(`${payload}.${signature}`, NOW)).toBeUndefined();
    },
  );

  it.each(['', '.', 'a.b', signed.split('.')[0] ?? '', `${signed.split('.')[0]}.`, '💥.💥'])(
    'is nothing when it is no such text: %s',
    (text) => {
      expect(signer.open(text, NOW)).toBeUndefined();
    },
  );
});
