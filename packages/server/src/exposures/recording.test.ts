import { fakeClock } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource, type PlainDocument } from '../fixtures/plain-source.ts';
import { createFlagClient, type ExposureOptions, memorySink } from '../index.ts';

const FLAGS: PlainDocument = {
  color: { value: 'red', variant: 'warm', reason: 'SPLIT', flagMetadata: { experiment: 7 } },
  checkout: { value: true },
  plan: { attribute: 'plan' },
  off: { value: false, reason: 'DISABLED' },
  silent: {},
  broken: { throws: 'kaboom' },
};

const DAY = 86_400_000;

function clientUnderTest(options: Partial<ExposureOptions> = {}) {
  const sink = memorySink();
  const clock = fakeClock();
  const client = createFlagClient({
    source: inlineSource(FLAGS),
    exposures: { sink, ...options },
    clock: clock.now,
    logger: testLogger(),
  });
  const seen = async () => {
    await client.flush();
    return sink.exposures.map(({ flagKey, variant, value }) => `${flagKey}=${variant ?? value}`);
  };
  return { client, clock, sink, seen };
}

describe('an exposure', () => {
  it('says who saw what, of which definitions, and when', async () => {
    const { client, sink, clock } = clientUnderTest();
    const context = { targetingKey: 'ann', plan: 'pro' };
    client.snapshot(context).get('color', 'blue');
    await client.flush();
    expect(sink.exposures).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        flagKey: 'color',
        variant: 'warm',
        value: 'red',
        reason: 'SPLIT',
        targetingKey: 'ann',
        subject: 'ann',
        context,
        flagMetadata: { experiment: 7 },
        source: 'plain',
        version: client.status().version,
        evaluatedAt: clock.now(),
        origin: 'server',
      },
    ]);
    expect(Object.isFrozen(sink.exposures[0])).toBe(true);
  });

  it('has the same id in every process, and another for anything that makes it another', async () => {
    const idOf = async (key: string, targetingKey: string, plan = 'pro', later = 0) => {
      const { client, clock, sink } = clientUnderTest();
      clock.advance(later);
      client.snapshot({ targetingKey, plan }).get(key, undefined);
      await client.flush();
      return sink.exposures[0]?.id;
    };
    const id = await idOf('plan', 'ann');
    expect(await idOf('plan', 'ann')).toBe(id);
    expect(await idOf('plan', 'ann', 'pro', DAY - 1)).toBe(id);
    const others = [
      await idOf('plan', 'ben'),
      await idOf('color', 'ann'),
      await idOf('plan', 'ann', 'free'),
      await idOf('plan', 'ann', 'pro', DAY),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('is of the time and the window in which it was read, however much later it is issued', async () => {
    const { client, clock, sink } = clientUnderTest();
    const readAt = clock.now();
    const snapshot = client.snapshot({ targetingKey: 'ann', plan: 'pro' });
    snapshot.get('color', '');
    clock.advance(DAY);
    await client.flush();
    const later = clock.now();
    client.resolve('color', '', { targetingKey: 'ann' });
    await client.flush();
    expect(sink.exposures.map(({ evaluatedAt }) => evaluatedAt)).toEqual([readAt, later]);
    expect(new Set(sink.exposures.map(({ id }) => id)).size).toBe(2);
  });

  it('is counted by each way to read a flag', async () => {
    const { client, seen } = clientUnderTest();
    client.snapshot({ targetingKey: 'a' }).get('color', '');
    client.snapshot({ targetingKey: 'b' }).details('color', '');
    client.resolve('color', '', { targetingKey: 'c' });
    client.on('resolution', () => {});
    client.snapshot({ targetingKey: 'd' }).get('color', '');
    expect(await seen()).toEqual(Array(4).fill('color=warm'));
  });
});

describe('what does not count', () => {
  it.each<[string, (client: ReturnType<typeof createFlagClient>) => unknown]>([
    ['an unknown flag', (client) => client.snapshot().get('nope', '')],
    ['a flag of another type', (client) => client.snapshot().get('color', 1)],
    ['a flag of another type, with details', (client) => client.resolve('color', 1)],
    ['a flag that fails', (client) => client.snapshot().get('broken', '')],
    ['a flag without a value', (client) => client.snapshot().get('silent', '')],
    ['a flag without a value, with details', (client) => client.resolve('silent', '')],
    ['a flag that is switched off', (client) => client.snapshot().get('off', true)],
    ['a read that says so', (client) => client.snapshot().get('color', '', { expose: false })],
    [
      'a read with details that says so',
      (client) => client.resolve('color', '', {}, { expose: false }),
    ],
    ['reading everything', (client) => client.snapshot({ plan: 'x' }).all()],
    ['asking why', (client) => client.snapshot().explain('color')],
    ['resolving without a type', (client) => client.snapshot().resolve('color')],
    ['an invalid context', (client) => client.resolve('color', '', 'ann' as never)],
  ])('is %s', async (_name, read) => {
    const { client, seen } = clientUnderTest();
    read(client);
    expect(await seen()).toEqual([]);
    expect(client.status().exposures).toMatchObject({ recorded: 0, deduplicated: 0 });
  });

  it('is what somebody else has decided to leave out, and the counters say why', async () => {
    const { client, seen } = clientUnderTest();
    client.resolve('color', '', { targetingKey: 'ann' }, { expose: false });
    client.omit('unseen', 1);
    client.omit('withheld', 2);
    client.omit('unseen', 3);
    expect(await seen()).toEqual([]);
    const { exposures } = await client.close();
    expect(exposures).toMatchObject({ recorded: 0, unseen: 4, withheld: 2 });
  });

  it('is anything while there is no sink', async () => {
    const { client } = clientUnderTest({ sink: false });
    client.resolve('color', '', { targetingKey: 'ann' });
    client.snapshot().expose(['color'], 'client');
    expect((await client.close()).exposures).toMatchObject({ recorded: 0, deduplicated: 0 });
  });
});

describe('the same exposure', () => {
  it('counts once within the window, however often the flag is read', async () => {
    const { client, seen, clock } = clientUnderTest();
    for (let i = 0; i < 10; i++) client.snapshot({ targetingKey: 'ann' }).get('color', '');
    clock.advance(DAY - 1);
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(await seen()).toEqual(['color=warm']);
    expect(client.status().exposures).toMatchObject({
      recorded: 1,
      deduplicated: 10,
      delivered: 1,
    });
  });

  it('counts again in the next window, and there is no timer in it', async () => {
    const { client, seen, clock } = clientUnderTest({ dedupeWindow: 1000 });
    client.resolve('color', '', { targetingKey: 'ann' });
    clock.advance(1000);
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(await seen()).toEqual(['color=warm', 'color=warm']);
  });

  it('is another one when the subject sees something else', async () => {
    const { client, seen } = clientUnderTest();
    for (const plan of ['free', 'pro', 'free', 'pro']) {
      client.resolve('plan', '', { targetingKey: 'ann', plan });
    }
    expect(await seen()).toEqual(['plan=free', 'plan=pro']);
  });

  it('counts once for all who have no targeting key: nothing tells them apart', async () => {
    const { client, sink, seen } = clientUnderTest();
    client.resolve('color', '', {});
    client.resolve('color', '', { plan: 'pro' });
    client.resolve('color', '', { targetingKey: { a: 1 } as never });
    expect(await seen()).toEqual(['color=warm']);
    expect(sink.exposures[0]?.targetingKey).toBeUndefined();
  });

  it('is told apart by a key that is a number, and by an empty one', async () => {
    const { client, sink } = clientUnderTest();
    client.resolve('color', '', { targetingKey: 7 as never });
    client.resolve('color', '', { targetingKey: '7' });
    client.resolve('color', '', { targetingKey: '' });
    client.resolve('color', '', {});
    await client.flush();
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual(['7', '', undefined]);
  });
});

describe('flags that were resolved elsewhere', () => {
  it('count as what this snapshot resolves them to', async () => {
    const { client, sink } = clientUnderTest();
    client.snapshot({ targetingKey: 'ann', plan: 'pro' }).expose(['plan', 'color'], 'client');
    await client.flush();
    expect(sink.exposures).toMatchObject([
      { flagKey: 'plan', value: 'pro', targetingKey: 'ann', origin: 'client' },
      { flagKey: 'color', variant: 'warm', origin: 'client' },
    ]);
  });

  it('do not count again when they have been read here', async () => {
    const { client, seen } = clientUnderTest();
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    snapshot.get('color', '');
    snapshot.expose(['color', 'color'], 'client');
    expect(await seen()).toEqual(['color=warm']);
  });

  it('are ignored when they are unknown, fail or are no keys at all', async () => {
    const { client, seen } = clientUnderTest();
    const keys = ['nope', '__proto__', 'broken', 'off', 'silent', 5, null, {}, 'color'];
    client.snapshot().expose(keys as string[], 'client');
    expect(await seen()).toEqual(['color=warm']);
  });

  it('are bounded in number, also when there is no end to them', async () => {
    const { client, seen } = clientUnderTest();
    client.snapshot().expose([...Array(9_999).fill('nope'), 'color', 'checkout'], 'client');
    expect(await seen()).toEqual(['color=warm']);
    let asked = 0;
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield `key-${asked++}`;
      },
    };
    client.snapshot().expose(endless, 'client');
    expect(asked).toBeLessThan(20_000);
  });

  it('may be listed by something that throws, or be no list', () => {
    const { client } = clientUnderTest();
    const throwing = {
      [Symbol.iterator]() {
        throw new Error('no');
      },
    };
    expect(() => client.snapshot().expose(throwing as never, 'client')).not.toThrow();
    expect(() => client.snapshot().expose(undefined as never, 'client')).not.toThrow();
  });
});

describe('the read itself', () => {
  it('never sees the clock, the hash or the sink at work', async () => {
    const calls: string[] = [];
    const client = createFlagClient({
      source: inlineSource(FLAGS),
      exposures: {
        sink: () => {
          calls.push('sink');
        },
      },
    });
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    snapshot.get('color', '');
    snapshot.get('checkout', false);
    calls.push('read');
    await settled();
    expect(calls).toEqual(['read', 'sink']);
  });
});
