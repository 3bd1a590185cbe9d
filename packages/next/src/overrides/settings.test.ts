import { afterEach, describe, expect, it, vi } from 'vitest';
import { readOverrides } from './settings.ts';

const secret = 'a secret of thirty-two characters';

afterEach(() => vi.unstubAllEnvs());

describe('the option `overrides`', () => {
  it('is without effect without a secret', () => {
    expect(readOverrides(undefined)).toBeUndefined();
    expect(readOverrides({ secret: undefined })).toBeUndefined();
  });

  it('has defaults for everything but the secret', () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect(readOverrides({ secret })).toMatchObject({
      environment: 'development',
      cookie: 'halyard-overrides',
      maxAge: 28_800,
      authorize: undefined,
    });
  });

  it.each<[option: string, given: object]>([
    ['overrides.secret', { secret: '' }],
    ['overrides.secret', { secret: 'x'.repeat(31) }],
    ['overrides.secret', { secret: 7 }],
    ['overrides.environment', { secret, environment: '' }],
    ['overrides.cookie', { secret, cookie: 'a=b' }],
    ['overrides.maxAge', { secret, maxAge: 0 }],
    ['overrides.maxAge', { secret, maxAge: 1.5 }],
    ['overrides.authorize', { secret, authorize: true }],
    ['overrides', 'secret' as never],
  ])('is refused with the name of what is wrong: %s', (option, given) => {
    expect(() => readOverrides(given as never)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining(`\`${option}\``),
      }),
    );
  });

  it('does not repeat a secret that is wrong', () => {
    expect(() => readOverrides({ secret: 'hunter2' })).not.toThrow(/hunter2/);
  });
});

describe('in production', () => {
  const authorize = () => true;

  it.each(['production', undefined])('nobody may unless somebody is asked: %s', (environment) => {
    vi.stubEnv('NODE_ENV', environment);
    expect(readOverrides({ secret })).toBeUndefined();
    expect(readOverrides({ secret, environment: 'preview' })).toBeUndefined();
    expect(readOverrides({ secret, authorize })).toMatchObject({ authorize });
  });

  it('what is wrong is refused all the same', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => readOverrides({ secret: 'short' })).toThrow(/secret/);
  });
});
