import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import {
  endOf,
  fakeRequest,
  nextHeaders,
  renderAfterAction,
  within,
} from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { IdentifyRequest } from '../flags.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A flag whose value is the visitor who reads it: any mix-up shows. */
function whoAmI(identify = vi.fn(identifyByUid)) {
  const source = tableSource({ me: (key: string) => key }, expect.getState().currentTestName);
  return { identify, flags: createFlags({ source, identify, client: { flags: 'all' } }) };
}

async function identifyByUid({ cookies }: IdentifyRequest) {
  await pause();
  return { targetingKey: cookies.get('uid')?.value };
}

afterEach(() => {
  fakes.created.length = 0;
});

describe('one request', () => {
  it('asks identify once, however often and from wherever flags are read', async () => {
    const { flags, identify } = whoAmI();
    await within(fakeRequest({ cookies: { uid: 'u1' } }), async () => {
      await Promise.all([flags.get('me', ''), flags.hydrate(), flags.all(), flags.get('me', '')]);
      await pause();
      await flags.details('me', '');
      await flags.explain('me');
    });
    expect(identify).toHaveBeenCalledTimes(1);
  });

  it('evaluates on one snapshot, so that definitions cannot change halfway', async () => {
    const { flags } = whoAmI();
    const snapshot = vi.spyOn(flags.client, 'snapshot');
    await within(fakeRequest({ cookies: { uid: 'u1' } }), async () => {
      await flags.get('me', '');
      await flags.get('me', '');
    });
    expect(snapshot).toHaveBeenCalledTimes(1);
  });

  it('asks again after the visitor has changed', async () => {
    const { flags, identify } = whoAmI();
    const request = fakeRequest({ cookies: { uid: 'u1' } });
    await within(request, async () => {
      expect(await flags.get('me', '')).toBe('u1');
      request.cookies.set('uid', 'u2');
      expect(await flags.get('me', '')).toBe('u2');
      expect(await flags.get('me', '')).toBe('u2');
    });
    expect(identify).toHaveBeenCalledTimes(2);
  });

  it('asks again for the render after a server action, which may have changed what it did not say', async () => {
    let plan = 'free';
    const identify = vi.fn(async () => ({ targetingKey: plan }));
    const source = tableSource({ me: (key: string) => key }, expect.getState().currentTestName);
    const flags = createFlags({ source, identify });
    const request = fakeRequest({ cookies: { uid: 'u1' } });
    await within(request, async () => {
      expect(await flags.get('me', '')).toBe('free');
      plan = 'pro';
      renderAfterAction(request);
      expect(await flags.get('me', '')).toBe('pro');
    });
    expect(identify).toHaveBeenCalledTimes(2);
  });

  it('is not mistaken for another when cookies join to the same text', async () => {
    const { flags } = whoAmI(
      vi.fn(async ({ cookies }) => ({ targetingKey: cookies.get('a')?.value })),
    );
    const request = fakeRequest({ cookies: { a: '1; b=2' } });
    await within(request, async () => {
      expect(await flags.get('me', '')).toBe('1; b=2');
      request.cookies.set('a', '1');
      request.cookies.set('b', '2');
      expect(await flags.get('me', '')).toBe('1');
    });
  });
});

describe('what a request sets off', () => {
  it('runs outside of it, so that nothing of it is kept and no clock reading is taken for its own', async () => {
    Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
    const where = () => {
      try {
        void nextHeaders.headers();
        return 'inside';
      } catch {
        return 'outside';
      }
    };
    const compiled: string[] = [];
    const table = tableSource({ where });
    const source: typeof table = {
      ...table,
      compile: (...args) => {
        compiled.push(where());
        return table.compile(...args);
      },
    };
    const flags = createFlags({ source, client: { flags: 'all' } });
    await within(fakeRequest(), async () => {
      expect(where()).toBe('inside');
      expect(await flags.get('where', '')).toBe('outside');
      expect((await flags.all()).get('where')).toMatchObject({ value: 'outside' });
      expect(valuesIn(await flags.hydrate())).toEqual({ where: 'outside' });
    });
    expect(compiled).toEqual(['outside']);
  });
});

describe('many requests', () => {
  it('never see each other', async () => {
    const { flags } = whoAmI();
    const requests = Array.from({ length: 200 }, (_, i) => ({
      uid: `u${i % 50}`,
      request: fakeRequest({ cookies: { uid: `u${i % 50}` } }),
    }));
    const seen = await Promise.all(
      requests.map(({ uid, request }, i) =>
        within(request, async () => {
          const values = [await flags.get('me', '')];
          for (let turn = 0; turn < i % 7; turn++) await pause();
          values.push(await flags.get('me', ''), (await flags.details('me', '')).value);
          return values.filter((value) => value !== uid);
        }),
      ),
    );
    expect(seen.flat()).toEqual([]);

    await Promise.all(requests.map(({ request }) => endOf(request)));
    const exposed = fakes.created[0]?.exposed ?? [];
    expect(exposed).toHaveLength(200);
    expect(exposed.map(({ targetingKey }) => targetingKey).sort()).toEqual(
      requests.map(({ uid }) => uid).sort(),
    );
  });

  it('of two applications within one process keep their own identities', async () => {
    const source = tableSource({ me: (key: string) => key }, expect.getState().currentTestName);
    const users = createFlags({ source, identify: () => ({ targetingKey: 'user' }) });
    const teams = createFlags({ source, identify: () => ({ targetingKey: 'team' }) });
    await within(fakeRequest(), async () => {
      expect(await users.get('me', '')).toBe('user');
      expect(await teams.get('me', '')).toBe('team');
      expect(await users.get('me', '')).toBe('user');
    });
  });
});
