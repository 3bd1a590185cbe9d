import { type ExposureExecutor, messageOf } from '@halyard/core';
import type { Outside } from '../outside.ts';
import { atMost, awaited } from '../timers.ts';
import { type Warnings, warning } from '../warnings.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';
import { EXPOSURES } from './wording.ts';

/** What the dispatcher needs of its client. */
export interface DispatcherOptions {
  readonly executor: ExposureExecutor;
  /** The longest that a task runs, in milliseconds. */
  readonly sendTimeout: number;
  readonly outside: Outside;
  readonly warnings: Warnings;
}

/** What the dispatcher does with a pipeline, whatever goes through it. */
type Work = Pick<Pipeline<never, never>, 'deliver' | 'refuse' | 'abandon' | 'closeSinks'>;

/** Milliseconds after which a task that an executor took and never ran is done without it. */
const LOST_TASK = 5_000;

/**
 * Has an executor do what the reading path leaves behind. At most one task waits to be run by it; it
 * takes everything that is queued until then.
 */
export class Dispatcher {
  private readonly options: DispatcherOptions;
  private readonly pipelines: Work[] = [];
  private watchdog: NodeJS.Timeout | undefined = undefined;
  private submissions = 0;
  /** The number of the task that was submitted and has not begun; 0 when there is none. */
  private waiting = 0;
  /** Settles when that task has run, where the executor has reads wait for it. */
  private held: Promise<void> | undefined = undefined;
  private overdue = 0;
  private closed = false;

  constructor(options: DispatcherOptions) {
    this.options = options;
  }

  /** Opens a pipeline. The dispatcher does all that its queue needs. */
  open<Seen, Item>(options: PipelineOptions<Seen, Item>): Pipeline<Seen, Item> {
    const pipeline = new Pipeline(options, this.wake);
    this.pipelines.push(pipeline);
    this.watchdog ??= setInterval(() => this.watch(), LOST_TASK).unref();
    return pipeline;
  }

  /**
   * Resolves when the task with what was queued in this turn has run, where the executor has reads wait
   * for that; at once otherwise. Bounded, because an executor may never run it.
   */
  async settled(): Promise<void> {
    if (this.waiting === 0 || this.held === undefined) return;
    await awaited(atMost(this.options.sendTimeout, this.held));
  }

  /** Resolves when all that was queued until now has been delivered or lost, or at the deadline. */
  flush(deadline: number): Promise<void> {
    return awaited(this.options.outside(() => atMost(deadline, this.deliver())));
  }

  /** Delivers until the deadline; what is left then is lost as abandoned. Closes the sinks. */
  async close(deadline: number): Promise<void> {
    const endsAt = performance.now() + deadline;
    await awaited(atMost(deadline, Promise.all([this.deliver(), this.drainExecutor()])));
    this.closed = true;
    clearInterval(this.watchdog);
    await Promise.all(this.pipelines.map((pipeline) => pipeline.abandon()));
    const sinks = Promise.all(this.pipelines.map((pipeline) => pipeline.closeSinks()));
    await awaited(atMost(endsAt - performance.now(), sinks));
  }

  private readonly wake = (): void => {
    if (this.waiting === 0) this.submit();
  };

  private submit(): void {
    const { executor } = this.options;
    const serial = ++this.submissions;
    this.waiting = serial;
    this.held = undefined;
    try {
      const running = executor.submit(this.task);
      if (running === undefined) return;
      // Not its own `then`, which may give anything: an executor may be anybody's code.
      const ended = Promise.resolve(running).catch((thrown) => this.refused(serial, thrown));
      if (executor.holdsReads === true) this.held = ended;
    } catch (thrown) {
      this.refused(serial, thrown);
    }
  }

  /** Bounded, because an executor may hold a response or a process open for it. */
  private readonly task = async (): Promise<void> => {
    // An executor may run this at once, within a call of the application's: first let that go on.
    await null;
    this.waiting = 0;
    await this.options.outside(() => atMost(this.options.sendTimeout, this.deliver()));
  };

  private refused(serial: number, thrown: unknown): void {
    // A rejection that comes after the task has begun says nothing about what waits now.
    if (this.waiting !== serial) {
      this.failed('the executor failed after it had begun the work', thrown);
      return;
    }
    this.waiting = 0;
    const because = `the executor did not take the work: ${messageOf(thrown)}`;
    for (const pipeline of this.pipelines) pipeline.refuse(because);
  }

  /** An executor's trouble by which nothing is lost. At the end of a client it may well be cut short. */
  private failed(what: string, thrown: unknown): void {
    if (this.closed) return;
    this.options.warnings.once(EXPOSURES.part, warning(EXPOSURES.part, what, thrown));
  }

  /** Never rejects: what the executor has not run is delivered without it. */
  private async drainExecutor(): Promise<void> {
    try {
      await this.options.executor.drain?.();
    } catch (thrown) {
      this.failed('the executor could not be drained', thrown);
    }
  }

  private watch(): void {
    if (this.waiting !== 0 && this.waiting === this.overdue) void this.task();
    this.overdue = this.waiting;
  }

  private deliver(): Promise<unknown> {
    return Promise.all(this.pipelines.map((pipeline) => pipeline.deliver()));
  }
}
