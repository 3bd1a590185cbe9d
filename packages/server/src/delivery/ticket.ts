import type { Loss, Tally } from './tally.ts';

/** Something on its way to all sinks that want it. It ends when the last of them is done with it. */
export class Ticket<Item> {
  readonly item: Item;
  private readonly tally: Tally;
  private open: number;
  private loss: Loss | undefined;

  constructor(item: Item, sinks: number, tally: Tally) {
    this.item = item;
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
