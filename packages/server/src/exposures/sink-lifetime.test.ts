import { type Exposure, type ExposureSink, HalyardError, type SinkClient } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { reportingSource } from '../fixtures/reporting-source.ts';
import { createFlagClient, memorySink } from '../index.ts';

const source = inlineSource({ color: { value: 'red' } });

/** A sink that writes down what happens to it. */
function witness(parts: Partial<ExposureSink> = {}) {
  const seen: string[] = [];
  const clients: SinkClient[] = [];
  const sink: ExposureSink = {
    name: 'witness',
    open(client) {
      seen.push('open');
      clients.push(client);
    },
    send: (batch) => void seen.push(`send ${batch.length}`),
    close: () => void seen.push('close'),
    ...parts,
  };
  return { sink, seen, clients };
}

describe('a sink', () => {
  it('is opened before its first batch and closed after its last', async () => {
    const { sink, seen, clients } = witness();
    const client = createFlagClient({ source, exposures: { sink } });
    expect(clients[0]).toMatchObject({ sourceName: 'plain', sourceId: 'plain:test' });
    expect(clients[0]?.backend).toBeUndefined();
    client.resolve('color', '', { targetingKey: 'ann' });
    await client.close();
    expect(seen).toEqual(['open', 'send 1', 'close']);
  });

  it('may hand on to the backend of the source', async () => {
    const backend = memorySink();
    const { sink, clients } = witness();
    const reporting = reportingSource('http://127.0.0.1:1', {
      exposures: { accepts: ({ flagKey }: Exposure) => flagKey === 'color' },
    });
    const client = createFlagClient({ source: reporting, exposures: { sink: [sink, backend] } });
    expect(clients[0]?.backend?.name).toBe('plain');
    expect(clients[0]?.backend?.accepts?.({ flagKey: 'size' } as Exposure)).toBe(false);
    await client.close();
  });

  it('warns through the logger of its client, of each trouble once', async () => {
    const logger = testLogger();
    const { sink, clients } = witness();
    const client = createFlagClient({ source, exposures: { sink }, logger });
    for (let i = 0; i < 3; i++) clients[0]?.warn('[halyard] [witness] trouble.');
    expect(logger.messages).toEqual(['[halyard] [witness] trouble.']);
    await client.close();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('stuck');
      },
    ],
    ['rejects', () => Promise.reject(new Error('stuck'))],
    ['never ends', () => new Promise<void>(() => {})],
  ])('that %s when it is closed keeps nobody from closing', async (_how, close) => {
    const { sink } = witness({ close });
    const client = createFlagClient({ source, exposures: { sink }, logger: testLogger() });
    expect((await client.close({ deadline: 50 })).state).toBe('closed');
  });

  it('that refuses its client is a wrong option', () => {
    const refusal = new HalyardError('witness', 'INVALID_OPTION', 'one client only.');
    const refuse = (thrown: unknown) => () => {
      const open = () => {
        throw thrown;
      };
      return createFlagClient({ source, exposures: { sink: witness({ open }).sink } });
    };
    expect(refuse(refusal)).toThrow(refusal);
    expect(refuse(new TypeError('no'))).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('no') }),
    );
  });

  it.each(['open', 'close'] as const)('whose `%s` is no function is refused', (method) => {
    const sink = witness({ [method]: 5 as never }).sink;
    expect(() => createFlagClient({ source, exposures: { sink } })).toThrow(
      `\`exposures.sink.${method}\` is 5`,
    );
  });
});
