import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CreateFlagsOptions, IdentifyRequest } from '../flags.ts';
import { identifyVisitor } from './identity.ts';

const REQUEST: IdentifyRequest = {
  cookies: { get: () => undefined },
  headers: { get: () => null },
  visitorId: 'visitor-1',
  clientContext: {},
  bucketingKey: () => 'visitor-1',
};

type Identify = NonNullable<CreateFlagsOptions['identify']>;
const identifiedBy = (identify: Identify) =>
  identifyVisitor({ identify, identifyTimeout: 1000 }, REQUEST);
const returning = (value: unknown) => identifiedBy((() => value) as Identify);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('asking who the visitor is', () => {
  it('takes an answer given at once, without a timer', async () => {
    const identity = identifiedBy(({ visitorId }) => ({ targetingKey: visitorId, plan: 'pro' }));
    expect(vi.getTimerCount()).toBe(0);
    expect(await identity).toEqual({ context: { targetingKey: 'visitor-1', plan: 'pro' } });
  });

  it('takes an answer given later, and leaves no timer behind', async () => {
    expect(await identifiedBy(async () => ({ targetingKey: 'u1' }))).toEqual({
      context: { targetingKey: 'u1' },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reports an identify that throws', async () => {
    const { problem } = await identifiedBy(() => {
      throw new Error('no session');
    });
    expect(problem).toBe('identify failed: no session');
  });

  it('reports an identify that rejects with something odd', async () => {
    const unprintable = { toString: () => ({}) };
    expect((await identifiedBy(() => Promise.reject(unprintable))).problem).toContain('identify');
  });

  it('gives up on an identify that hangs', async () => {
    const identity = identifiedBy(() => new Promise<never>(() => {}));
    await vi.advanceTimersByTimeAsync(999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await identity).problem).toContain('no answer within 1000 ms (identifyTimeout)');
  });

  it('does not mind an identify that fails after it was given up on', async () => {
    const identity = identifiedBy(
      () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000)),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await identity).problem).toContain('no answer');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'u1'],
    ['a list', ['u1']],
    ['a promise of nothing', Promise.resolve()],
  ])('wants a context, not %s', async (_name, value) => {
    expect((await returning(value)).problem).toContain('returned no evaluation context');
  });

  it('wants a targeting key that is a string', async () => {
    expect((await returning({ targetingKey: 7 })).problem).toContain('targetingKey of type number');
  });

  it('reports a context whose properties throw', async () => {
    const hostile = Object.defineProperty({}, 'targetingKey', {
      get: () => {
        throw new Error('gotcha');
      },
    });
    expect((await returning(hostile)).problem).toBe('identify failed: gotcha');
  });

  it('lets a redirect through', async () => {
    const signal = Object.assign(new Error(), { digest: 'NEXT_REDIRECT;replace;/login;307;' });
    await expect(identifiedBy(() => Promise.reject(signal))).rejects.toBe(signal);
  });
});
