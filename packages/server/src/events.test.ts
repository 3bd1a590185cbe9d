import { describe, expect, it, vi } from 'vitest';
import { settled, testLogger } from './fixtures/observe.ts';
import { inlineSource } from './fixtures/plain-source.ts';
import { createFlagClient } from './index.ts';

function clientUnderTest() {
  const logger = testLogger();
  const client = createFlagClient({ source: inlineSource({ color: { value: 'red' } }), logger });
  return { client, logger, read: () => client.snapshot().get('color', '') };
}

describe('a listener', () => {
  it('that throws harms neither the read nor the other listeners, and is reported once', () => {
    const { client, logger, read } = clientUnderTest();
    const heard = vi.fn();
    client.on('resolution', () => {
      throw new Error('listener failed');
    });
    client.on('resolution', heard);
    expect(read()).toBe('red');
    expect(read()).toBe('red');
    expect(heard).toHaveBeenCalledTimes(2);
    expect(logger.messages).toEqual([
      '[halyard] [events] a listener of "resolution" failed: listener failed',
    ]);
  });

  it('that rejects is reported as well', async () => {
    const { client, logger, read } = clientUnderTest();
    client.on('resolution', async () => {
      throw new Error('listener rejected');
    });
    read();
    await settled();
    expect(logger.messages[0]).toContain('listener rejected');
  });

  it('hears nothing after it has stopped, also in the middle of an event', () => {
    const { client, read } = clientUnderTest();
    const heard: string[] = [];
    const stopFirst = client.on('resolution', () => {
      heard.push('first');
      stopFirst();
    });
    client.on('resolution', () => heard.push('second'));
    read();
    read();
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('registered twice is two, and each stops for itself', () => {
    const { client, read } = clientUnderTest();
    const heard = vi.fn();
    const stop = client.on('resolution', heard);
    client.on('resolution', heard);
    stop();
    stop();
    read();
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('a logger', () => {
  it('that throws harms nobody', async () => {
    const warn = vi.fn(() => {
      throw new Error('logger failed');
    });
    const source = { ...inlineSource({}), compile: () => expect.fail('does not compile') };
    const client = createFlagClient({ source, logger: { warn } });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(client.status().state).toBe('error');
    expect(client.resolve('color', 'none').value).toBe('none');
  });

  it('hears about invalid flags, with where and why', () => {
    const logger = testLogger();
    const broken = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((key) => [key, { problem: `${key} is bad` }]),
    );
    createFlagClient({ source: inlineSource({ fine: { value: 1 }, ...broken }), logger });
    expect(logger.messages).toHaveLength(1);
    expect(logger.messages[0]).toContain('flag "a": a is bad; flag "b": b is bad');
    expect(logger.messages[0]).toContain('and 1 more');
  });
});
