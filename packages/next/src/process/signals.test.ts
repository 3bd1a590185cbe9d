import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type SignalTarget, takeOverSignals } from './signals.ts';

class FakeProcess extends EventEmitter implements SignalTarget {
  readonly pid = 42;
  readonly killed: [pid: number, signal: string][] = [];

  kill(pid: number, signal: string): void {
    this.killed.push([pid, signal]);
  }
}

/** A drain that is over when the test says so. */
function heldDrain() {
  let release = () => {};
  const over = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release, over };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('taking over the termination signals', () => {
  it('drains first and then runs the listeners that were there, in their order', async () => {
    const order: string[] = [];
    const target = new FakeProcess();
    target.on('SIGTERM', () => order.push('first'));
    target.on('SIGTERM', () => order.push('second'));
    const { release, over } = heldDrain();
    takeOverSignals(target, async () => {
      order.push('drain begins');
      await over;
      order.push('drain ends');
    });

    target.emit('SIGTERM', 'SIGTERM', 15);
    await settled();
    expect(order).toEqual(['drain begins']);
    release();
    await settled();
    expect(order).toEqual(['drain begins', 'drain ends', 'first', 'second']);
    expect(target.killed).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT'])('passes %s on as it came', async (signal) => {
    const target = new FakeProcess();
    const received: unknown[] = [];
    target.on(signal, function (this: unknown, ...args: unknown[]) {
      received.push(this === target, ...args);
    });
    takeOverSignals(target, async () => {});
    target.emit(signal, signal, 15);
    await settled();
    expect(received).toEqual([true, signal, 15]);
  });

  it('drains once when the signals come in numbers', async () => {
    let drains = 0;
    const target = new FakeProcess();
    target.on('SIGTERM', () => {});
    target.on('SIGINT', () => {});
    takeOverSignals(target, async () => {
      drains++;
    });
    target.emit('SIGTERM');
    target.emit('SIGINT');
    target.emit('SIGTERM');
    await settled();
    expect(drains).toBe(1);
  });

  it('lets the process die of the signal when nobody else handles it', async () => {
    const target = new FakeProcess();
    takeOverSignals(target, async () => {});
    target.emit('SIGTERM');
    await settled();
    expect(target.killed).toEqual([[42, 'SIGTERM']]);
    expect(target.listenerCount('SIGTERM')).toBe(0);
  });

  it('leaves the end to a listener that came later', async () => {
    let called = 0;
    const target = new FakeProcess();
    takeOverSignals(target, async () => {});
    target.on('SIGTERM', () => called++);
    target.emit('SIGTERM');
    await settled();
    expect(called).toBe(1);
    expect(target.killed).toEqual([]);
  });
});
