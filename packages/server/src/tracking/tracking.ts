import { randomUUID } from 'node:crypto';
import {
  EMPTY_CONTEXT,
  type EvaluationContext,
  type FlagSource,
  isJsonObject,
  type TrackingDetails,
  type TrackingEvent,
} from '@halyard/core';
import type { DeliveryCounters } from '../client.ts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Pipeline } from '../delivery/pipeline.ts';
import { Tally } from '../delivery/tally.ts';
import { TRACKING } from '../delivery/wording.ts';
import type { EventHub } from '../events.ts';
import { subjectOf, targetingKeyOf } from '../exposures/identity.ts';
import type { Settings } from '../settings.ts';
import { backendSink } from '../sinks/backend.ts';
import type { Transport } from '../transport.ts';
import { type Warnings, warning } from '../warnings.ts';

interface TrackingOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  /** To the backend; tries once. */
  readonly transport: Transport;
  readonly dispatcher: Dispatcher;
}

/** What an application tells the backend of, from the call to the backend. */
export class Tracking {
  private readonly source: FlagSource;
  private readonly clock: () => number;
  private readonly warnings: Warnings;
  private readonly tally: Tally;
  /** Undefined where the backend takes no events. */
  private readonly pipeline: Pipeline<TrackingEvent, TrackingEvent> | undefined;

  constructor({ settings, events, warnings, transport, dispatcher }: TrackingOptions) {
    const { source, clock, exposures: limits } = settings;
    const { name, tracking: endpoint } = source;
    this.source = source;
    this.clock = clock;
    this.warnings = warnings;
    this.tally = new Tally({
      wording: TRACKING,
      warnings,
      tell: (dropped) => events.emit('trackingDropped', dropped),
    });
    if (endpoint === undefined) return;
    this.pipeline = dispatcher.open({
      wording: TRACKING,
      sinks: [backendSink({ source: name, endpoint, transport })],
      tally: this.tally,
      limits: { ...limits, clock },
      warnings,
      itemOf: (event) => event,
    });
  }

  /** Undefined where the backend takes no events. */
  get counters(): DeliveryCounters | undefined {
    return this.pipeline && this.tally.counters;
  }

  /** Never throws. */
  track(name: string, context: EvaluationContext = EMPTY_CONTEXT, details?: TrackingDetails): void {
    if (this.pipeline === undefined) {
      this.warn(`the backend of source "${this.source.name}" takes no events: none is sent.`);
      return;
    }
    try {
      this.pipeline.accept(this.event(name, context, details));
    } catch (thrown) {
      this.warn('an event could not be tracked', thrown);
    }
  }

  private event(
    name: string,
    context: EvaluationContext,
    given: TrackingDetails | undefined,
  ): TrackingEvent {
    const details = given ?? {};
    if (typeof name !== 'string' || name === '') throw new TypeError('it needs a name.');
    if (typeof context !== 'object' || context === null) throw new TypeError('it needs a context.');
    if (!isJsonObject(details)) throw new TypeError('its details must be an object.');
    const targetingKey = targetingKeyOf(context);
    return Object.freeze({
      id: randomUUID(),
      name,
      targetingKey,
      subject: subjectOf(context, targetingKey, this.source.subject),
      context,
      // As JSON will carry it, so that no event spoils the others of its batch; and a copy, because
      // whoever tracks may use the object again.
      details: Object.freeze(JSON.parse(JSON.stringify(details))),
      source: this.source.name,
      occurredAt: this.clock(),
    });
  }

  private warn(what: string, thrown?: unknown): void {
    this.warnings.once(TRACKING.part, warning(TRACKING.part, what, thrown));
  }
}
