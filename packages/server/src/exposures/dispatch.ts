import type { EvaluationContext, Exposure, ExposureSink, Resolution } from '@halyard/core';
import { messageOf } from '@halyard/core';
import type { EventHub } from '../events.ts';
import type { Outside } from '../outside.ts';
import { atMost, awaited } from '../timers.ts';
import { type Warnings, warning } from '../warnings.ts';
import { exposureId } from './identity.ts';
import { SinkLane } from './lane.ts';
import type { Outcome } from './ledger.ts';
import type { ExposureSettings } from './settings.ts';
import { type ExposureTally, exposureError, type Loss, PIPELINE } from './tally.ts';
import { Ticket } from './ticket.ts';

/** An exposure as the reading path leaves it: what was at hand, nothing computed. */
export interface Sighting {
  readonly flagKey: string;
  readonly resolution: Resolution;
  readonly outcome: Outcome;
  readonly targetingKey: string | undefined;
  /** Who it is counted for. */
  readonly subject: string | undefined;
  readonly context: EvaluationContext;
  readonly version: string;
  readonly window: number;
  /** Unix milliseconds, as the reader's clock said. */
  readonly evaluatedAt: number;
  readonly origin: Exposure['origin'];
}

/** What the dispatcher needs of its client. */
export interface DispatcherOptions {
  /** The backend's name. */
  readonly source: string;
  readonly sinks: readonly ExposureSink[];
  readonly settings: ExposureSettings;
  readonly clock: () => number;
  readonly outside: Outside;
  readonly events: EventHub;
  readonly warnings: Warnings;
  readonly tally: ExposureTally;
}

/** Milliseconds after which a task that an executor took and never ran is done without it. */
const LOST_TASK = 5_000;

/**
 * Takes sightings off the reading path and hands them to the sinks. At most one task waits to be run
 * by the executor; it takes everything seen until then.
 */
export class ExposureDispatcher {
  private readonly options: DispatcherOptions;
  private readonly lanes: readonly SinkLane[];
  private readonly watchdog: NodeJS.Timeout;
  private sightings: Sighting[] = [];
  private submissions = 0;
  /** The number of the task that was submitted and has not begun; 0 when there is none. */
  private waiting = 0;
  /** Settles when that task has run, where the executor has reads wait for it. */
  private held: Promise<void> | undefined = undefined;
  private overdue = 0;
  private closed = false;

  constructor(options: DispatcherOptions) {
    const { sinks, settings, clock, events, warnings } = options;
    this.options = options;
    this.lanes = sinks.map((sink, i) => {
      const topic = `${PIPELINE} to sink ${i}`;
      return new SinkLane(sink, { ...settings, clock, events, warnings, topic });
    });
    this.watchdog = setInterval(() => this.watch(), LOST_TASK);
    this.watchdog.unref();
  }

  accept(sighting: Sighting): void {
    const { tally, settings } = this.options;
    tally.recorded++;
    if (this.closed) {
      const cause = exposureError('CLOSED', 'the client is closed.');
      tally.lose({ reason: 'abandoned', cause, topic: PIPELINE });
    } else if (this.sightings.length >= settings.maxQueued) {
      tally.lose({ reason: 'overflowed', topic: PIPELINE });
    } else {
      this.sightings.push(sighting);
      if (this.waiting === 0) this.submit();
    }
  }

  /**
   * Resolves when the task with what was seen in this turn has run, where the executor has reads wait
   * for that; at once otherwise. Bounded, because an executor may never run it.
   */
  async settled(): Promise<void> {
    if (this.waiting === 0 || this.held === undefined) return;
    await awaited(atMost(this.options.settings.sendTimeout, this.held));
  }

  /** Resolves when all that was seen until now has been delivered or lost, or at the deadline. */
  flush(deadline: number): Promise<void> {
    return awaited(this.options.outside(() => atMost(deadline, this.deliver())));
  }

  /** Delivers until the deadline; what is left then is lost as abandoned. Closes the sinks. */
  async close(deadline: number): Promise<void> {
    const endsAt = performance.now() + deadline;
    await awaited(atMost(deadline, Promise.all([this.deliver(), this.drainExecutor()])));
    this.closed = true;
    clearInterval(this.watchdog);
    this.issueTickets();
    for (const lane of this.lanes) lane.abandon();
    await this.drained();
    const sinks = Promise.all(this.lanes.map((lane) => lane.closeSink()));
    await awaited(atMost(endsAt - performance.now(), sinks));
  }

  private submit(): void {
    const { executor } = this.options.settings;
    const serial = ++this.submissions;
    this.waiting = serial;
    this.held = undefined;
    try {
      const running = executor.submit(this.task);
      if (typeof running?.then !== 'function') return;
      const ended = running.then(undefined, (thrown: unknown) => this.refused(serial, thrown));
      if (executor.holdsReads === true) this.held = ended;
    } catch (thrown) {
      this.refused(serial, thrown);
    }
  }

  /** Bounded, because an executor may hold a response or a process open for it. */
  private readonly task = async (): Promise<void> => {
    // An executor may run this within the read itself: first let the reader go on, and read more.
    await null;
    this.waiting = 0;
    await this.options.outside(() => atMost(this.options.settings.sendTimeout, this.deliver()));
  };

  private refused(serial: number, thrown: unknown): void {
    // A rejection that comes after the task has begun says nothing about what waits now.
    if (this.waiting !== serial) {
      this.failed('the executor failed after it had begun the work', thrown);
      return;
    }
    this.waiting = 0;
    const message = `the executor did not take the work: ${messageOf(thrown)}`;
    const cause = exposureError('REQUEST_FAILED', message);
    const refused = this.sightings.length;
    this.sightings = [];
    const loss: Loss = { reason: 'refused', cause, topic: PIPELINE };
    for (let i = 0; i < refused; i++) this.options.tally.lose(loss);
  }

  /** An executor's trouble by which nothing is lost. At the end of a client it may well be cut short. */
  private failed(what: string, thrown: unknown): void {
    if (this.closed) return;
    this.options.warnings.once(PIPELINE, warning('exposures', what, thrown));
  }

  /** Never rejects: what the executor has not run is delivered without it. */
  private async drainExecutor(): Promise<void> {
    try {
      await this.options.settings.executor.drain?.();
    } catch (thrown) {
      this.failed('the executor could not be drained', thrown);
    }
  }

  private watch(): void {
    if (this.waiting !== 0 && this.waiting === this.overdue) void this.task();
    this.overdue = this.waiting;
  }

  private deliver(): Promise<unknown> {
    this.issueTickets();
    return this.drained();
  }

  private drained(): Promise<unknown> {
    return Promise.all(this.lanes.map((lane) => lane.drained()));
  }

  private issueTickets(): void {
    const sightings = this.sightings;
    if (sightings.length === 0) return;
    this.sightings = [];
    const { source, tally } = this.options;
    for (const sighting of sightings) {
      const exposure = exposureOf(source, sighting);
      const lanes = this.lanes.filter((lane) => lane.wants(exposure));
      if (lanes.length === 0) {
        tally.ignore();
        continue;
      }
      const ticket = new Ticket(exposure, lanes.length, tally);
      for (const lane of lanes) lane.add(ticket);
    }
  }
}

function exposureOf(source: string, sighting: Sighting): Exposure {
  const { flagKey, resolution, targetingKey, subject, outcome, window } = sighting;
  const { context, version, evaluatedAt, origin } = sighting;
  const { variant, value, enabled, reason, flagMetadata } = resolution;
  // Frozen, because all sinks get the same one.
  return Object.freeze({
    id: exposureId({ source, subject, flagKey, outcome, window }),
    flagKey,
    variant,
    value: value ?? enabled,
    reason,
    targetingKey,
    context,
    ...(flagMetadata !== undefined && { flagMetadata }),
    source,
    version,
    evaluatedAt,
    origin,
  });
}
