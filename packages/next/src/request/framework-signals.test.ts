import { forbidden, notFound, redirect, unauthorized, unstable_rethrow } from 'next/navigation.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isFrameworkSignal, notFoundSignal, rethrowFrameworkSignal } from './framework-signals.ts';

const INTERNALS = 'next/dist';

/** Next's own error classes, by the file that owns them: not public, and so only for tests. */
async function internal(path: string): Promise<Record<string, new (...args: string[]) => Error>> {
  const module = await import(/* @vite-ignore */ `${INTERNALS}/${path}`);
  return module.default ?? module;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function nextRethrows(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}

const withDigest = (digest: unknown) => Object.assign(new Error('signal'), { digest });

beforeEach(() => {
  vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("Next's own errors travel on", () => {
  it.each([
    ['redirect()', () => redirect('/elsewhere')],
    ['notFound()', () => notFound()],
    ['forbidden()', () => forbidden()],
    ['unauthorized()', () => unauthorized()],
  ])('%s', (_name, run) => {
    const signal = thrownBy(run);
    expect(nextRethrows(signal)).toBe(true);
    expect(() => rethrowFrameworkSignal(signal)).toThrow(signal as Error);
  });

  it.each([
    ['client/components/hooks-server-context.js', 'DynamicServerError'],
    ['shared/lib/lazy-dynamic/bailout-to-csr.js', 'BailoutToCSRError'],
  ])('%s: %s', async (path, name) => {
    const SignalError = (await internal(path))[name];
    expect(SignalError).toBeDefined();
    if (SignalError === undefined) return;
    const signal = new SignalError('reason');
    expect(nextRethrows(signal)).toBe(true);
    expect(isFrameworkSignal(signal)).toBe(true);
  });

  it('a page with dynamic = "error" that reads the request', async () => {
    const { StaticGenBailoutError } = await internal(
      'client/components/static-generation-bailout.js',
    );
    if (StaticGenBailoutError === undefined) throw new Error('Next has renamed the error');
    expect(isFrameworkSignal(new StaticGenBailoutError('no request data here'))).toBe(true);
  });
});

describe('"not found" as thrown here', () => {
  it('is what notFound() throws', () => {
    const own = thrownBy(() => notFound()) as Error & { digest: string };
    expect(notFoundSignal()).toMatchObject({ digest: own.digest, message: own.message });
    expect(nextRethrows(notFoundSignal())).toBe(true);
  });
});

describe("the list agrees with Next's own", () => {
  it.each([
    'NEXT_REDIRECT;replace;/a;307;',
    'NEXT_REDIRECT;push;/a?b=c;303;',
    'NEXT_HTTP_ERROR_FALLBACK;404',
    'NEXT_HTTP_ERROR_FALLBACK;403',
    'BAILOUT_TO_CLIENT_SIDE_RENDERING',
    'DYNAMIC_SERVER_USAGE',
    'HANGING_PROMISE_REJECTION',
  ])('a signal: %s', (digest) => {
    expect(nextRethrows(withDigest(digest))).toBe(true);
    expect(isFrameworkSignal(withDigest(digest))).toBe(true);
  });

  it.each([
    '',
    '1234567890',
    'NEXT',
    'DYNAMIC_SERVER_USAGE_2',
    'x HANGING_PROMISE_REJECTION',
    7,
    null,
  ])('no signal: %s', (digest) => {
    expect(nextRethrows(withDigest(digest))).toBe(false);
    expect(isFrameworkSignal(withDigest(digest))).toBe(false);
  });

  it('a signal wrapped as a cause is found', () => {
    const wrapped = new Error('outer', {
      cause: new Error('inner', { cause: withDigest('DYNAMIC_SERVER_USAGE') }),
    });
    expect(nextRethrows(wrapped)).toBe(true);
    expect(isFrameworkSignal(wrapped)).toBe(true);
  });

  it('an interrupted prerender is a signal', () => {
    expect(isFrameworkSignal(withDigest('NEXT_PRERENDER_INTERRUPTED'))).toBe(true);
  });
});

describe('everything else stays', () => {
  it.each([
    ['an ordinary error', new Error('boom')],
    ['a string', 'NEXT_REDIRECT;replace;/a;307;'],
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
  ])('%s', (_name, error) => {
    expect(() => rethrowFrameworkSignal(error)).not.toThrow();
  });

  it('a chain of causes that bites its tail ends', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(isFrameworkSignal(error)).toBe(false);
  });

  it('an error whose properties throw is no signal', () => {
    const hostile = new Proxy(new Error('x'), {
      has: () => true,
      get: () => {
        throw new Error('gotcha');
      },
    });
    expect(isFrameworkSignal(hostile)).toBe(false);
  });
});
