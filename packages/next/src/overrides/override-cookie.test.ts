import { afterEach, describe, expect, it, vi } from 'vitest';
import { valueSigner } from '../visitor/signed-value.ts';
import { COOKIE_PURPOSE, decodeChoices } from './cookie.ts';

vi.mock('next/headers.js', () => {
  throw new Error('next was imported');
});
vi.mock('next/server.js', () => {
  throw new Error('next was imported');
});
vi.mock('@halyard/server', () => {
  throw new Error('the runtime was imported');
});

const { overrideCookie } = await import('@halyard/next/overrides');

const secret = 'a secret of thirty-two characters';
const overrides = { 'new-checkout': true, 'button-color': 'red' };
const signer = valueSigner(secret, COOKIE_PURPOSE);
const now = () => Math.floor(Date.now() / 1000);

/** A list in a list in a list. */
function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

afterEach(() => vi.unstubAllEnvs());

describe('a cookie that a test mints', () => {
  it('is one that the application takes, and needs no part of Next or of the runtime', () => {
    const cookie = overrideCookie({ secret, environment: 'staging', overrides });
    expect(cookie.name).toBe('halyard-overrides');
    expect(decodeChoices(cookie.value, now(), { signer, environment: 'staging' })).toEqual({
      choices: new Map<string, unknown>([
        ['new-checkout', true],
        ['button-color', 'red'],
      ]),
    });
  });

  it('lasts an hour, or as long as it is told', () => {
    const isOver = (cookie: { value: string }, seconds: number) =>
      decodeChoices(cookie.value, now() + seconds, { signer, environment: 'test' }).choices ===
      undefined;
    const hour = overrideCookie({ secret, environment: 'test', overrides });
    expect([isOver(hour, 3500), isOver(hour, 3700)]).toEqual([false, true]);
    const short = overrideCookie({ secret, environment: 'test', overrides, expiresIn: -1 });
    expect(isOver(short, 0)).toBe(true);
  });

  it('is for the environment it is made in, and may have another name', () => {
    vi.stubEnv('NODE_ENV', 'staging');
    const { name, value } = overrideCookie({ secret, overrides, name: 'own' });
    expect(name).toBe('own');
    expect(decodeChoices(value, now(), { signer, environment: 'staging' }).problem).toBeUndefined();
  });

  it.each<[what: RegExp, options: object]>([
    [/`secret`/, { secret: 'short', overrides }],
    [/`overrides`/, { secret, overrides: 'color=red' }],
    [/`expiresIn`/, { secret, overrides, expiresIn: Number.NaN }],
    [/written as JSON/, { secret, overrides: { color: nested(20_000) } }],
    [/at most 3800/, { secret, overrides: { color: 'x'.repeat(4000) } }],
  ])('is refused when it cannot be: %s', (what, options) => {
    expect(() => overrideCookie(options as never)).toThrow(what);
    expect(() => overrideCookie(options as never)).toThrow(/overrideCookie\(\)/);
  });
});
