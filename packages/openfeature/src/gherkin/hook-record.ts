import type { Details, WatchingHook } from './world.ts';

/** The stages of a hook, as the features name them. */
export type HookStage = 'before' | 'after' | 'error' | 'finally';

/** What hooks were called with, in order. */
export class HookRecord {
  readonly calls: {
    readonly hook: string;
    readonly stage: HookStage;
    readonly details?: Details;
  }[] = [];

  /** A hook that writes its calls down under a name. */
  hook(name: string): WatchingHook {
    const note = (stage: HookStage, details?: Details) => {
      this.calls.push(
        details === undefined ? { hook: name, stage } : { hook: name, stage, details },
      );
    };
    return {
      before: () => note('before'),
      after: (_context, details) => note('after', details),
      error: () => note('error'),
      finally: (_context, details) => note('finally', details),
    };
  }

  /** The calls of one stage, in order. */
  of(stage: HookStage): HookRecord['calls'] {
    return this.calls.filter((call) => call.stage === stage);
  }
}
