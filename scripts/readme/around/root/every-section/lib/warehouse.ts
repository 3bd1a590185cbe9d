import type { Exposure } from '@halyard/core';

/** Where the application's exposures go; here, to the server's output. */
export const warehouse = {
  async insert(batch: readonly Exposure[]): Promise<void> {
    for (const { flagKey, variant } of batch) console.log(`[warehouse] ${flagKey} ${variant}`);
  },
};
