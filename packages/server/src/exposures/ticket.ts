import type { Exposure, HalyardError } from '@halyard/core';
import type { ExposureTally, LossReason } from './tally.ts';

/** An exposure on its way to all sinks. It ends when the last of them is done with it. */
export class Ticket {
  readonly exposure: Exposure;
  private readonly tally: ExposureTally;
  private open: number;
  private loss:
    | { readonly reason: LossReason; readonly cause: HalyardError | undefined }
    | undefined;

  constructor(exposure: Exposure, sinks: number, tally: ExposureTally) {
    this.exposure = exposure;
    this.open = sinks;
    this.tally = tally;
  }

  delivered(): void {
    this.close();
  }

  /** One sink has lost it. The first loss is the one that counts: delivered means by all sinks. */
  lost(reason: LossReason, cause?: HalyardError): void {
    this.loss ??= { reason, cause };
    this.close();
  }

  private close(): void {
    if (--this.open > 0) return;
    if (this.loss === undefined) this.tally.deliver();
    else this.tally.lose(this.loss.reason, this.loss.cause);
  }
}
