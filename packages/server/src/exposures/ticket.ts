import type { Exposure } from '@halyard/core';
import type { ExposureTally, Loss } from './tally.ts';

/** An exposure on its way to all sinks that want it. It ends when the last of them is done with it. */
export class Ticket {
  readonly exposure: Exposure;
  private readonly tally: ExposureTally;
  private open: number;
  private loss: Loss | undefined;

  constructor(exposure: Exposure, sinks: number, tally: ExposureTally) {
    this.exposure = exposure;
    this.open = sinks;
    this.tally = tally;
  }

  delivered(): void {
    this.close();
  }

  /** One sink has lost it. The first loss is the one that counts: delivered means by all sinks. */
  lost(loss: Loss): void {
    this.loss ??= loss;
    this.close();
  }

  private close(): void {
    if (--this.open > 0) return;
    if (this.loss === undefined) this.tally.deliver();
    else this.tally.lose(this.loss);
  }
}
