import type { ExposureSink } from '@halyard/core';

/** Where batches of one kind go; an {@link ExposureSink} is one for exposures. */
export interface Sink<Item> extends Pick<ExposureSink, 'name' | 'maxBatchSize' | 'close'> {
  send(
    batch: readonly Item[],
    options: { readonly signal: AbortSignal },
  ): ReturnType<ExposureSink['send']>;
  accepts?(item: Item): boolean;
}
