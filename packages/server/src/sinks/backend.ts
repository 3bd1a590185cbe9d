import {
  type EventEndpoint,
  type HttpRequest,
  type HttpResponse,
  messageOf,
  type SendReport,
} from '@halyard/core';
import { readReport } from '../delivery/report.ts';
import type { Sink } from '../delivery/sink.ts';
import { describedRequest, isUndescribed } from '../described-request.ts';
import { isPermanent } from '../retry-advice.ts';
import { AnswerError } from '../transport/answer-error.ts';
import { redactionOf } from '../transport/redaction.ts';
import type { Transport } from '../transport.ts';

/** What the backend's own sink needs of its client. */
export interface BackendSinkOptions<Event> {
  /** The backend's name, which is the sink's as well. */
  readonly source: string;
  readonly endpoint: EventEndpoint<Event>;
  /** Tries once: when to try again is the dispatcher's to say. */
  readonly transport: Transport;
}

/** Sends exposures, or tracked events, to where the source's backend takes them. */
export function backendSink<Event extends object>(
  options: BackendSinkOptions<Event>,
): BackendSink<Event> {
  return new BackendSink(options);
}

/** The backend has decided on an event: it took it, or refused it in these words. */
interface Verdict {
  readonly refusal: string | undefined;
}

/** What is being sent. */
interface Delivery<Event> {
  readonly batch: readonly Event[];
  readonly signal: AbortSignal;
}

class BackendSink<Event extends object> implements Sink<Event> {
  readonly name: string;
  readonly maxBatchSize?: number;
  private readonly endpoint: EventEndpoint<Event>;
  private readonly transport: Transport;
  /** When a batch went in parts and one of them failed, the next try leaves out the others. */
  private readonly verdicts = new WeakMap<Event, Verdict>();

  constructor({ source, endpoint, transport }: BackendSinkOptions<Event>) {
    this.name = source;
    if (endpoint.maxBatchSize !== undefined) this.maxBatchSize = endpoint.maxBatchSize;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  accepts(event: Event): boolean {
    return this.endpoint.accepts?.(event) ?? true;
  }

  async send(
    batch: readonly Event[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<SendReport> {
    const open = batch.filter((event) => !this.verdicts.has(event));
    if (open.length > 0) await this.deliver(open, { batch, signal });
    const rejected = batch.flatMap((event, index) => {
      const message = this.verdicts.get(event)?.refusal;
      return message === undefined ? [] : [{ index, message }];
    });
    return { rejected };
  }

  /** Sends a part of the batch, or all of it. Rejects when it is to be tried again, or all is lost. */
  private async deliver(part: readonly Event[], delivery: Delivery<Event>): Promise<void> {
    try {
      const request = describedRequest(this.name, () => this.endpoint.request(part));
      if (part.length > 1 && this.isTooLong(request)) throw new BodyTooLong();
      const response = await this.transport.send(request, { signal: delivery.signal });
      const refusals = this.refusalsOf(response, request, part);
      this.decide(part, (place) => refusals.get(place));
    } catch (thrown) {
      await this.failed(thrown, part, delivery);
    }
  }

  private async failed(
    thrown: unknown,
    part: readonly Event[],
    delivery: Delivery<Event>,
  ): Promise<void> {
    if (part.length > 1 && (isTooLarge(thrown) || isUndescribed(thrown))) {
      // Halves, so that one that is too large or unfit on its own does not take its neighbours with it.
      const middle = part.length >> 1;
      await this.deliver(part.slice(0, middle), delivery);
      await this.deliver(part.slice(middle), delivery);
      return;
    }
    const isAll = part.length === delivery.batch.length;
    if (isAll || !isPermanent(thrown)) throw thrown;
    this.decide(part, () => messageOf(thrown));
  }

  private isTooLong({ body = '' }: HttpRequest): boolean {
    const { maxBodyBytes = Number.POSITIVE_INFINITY } = this.endpoint;
    // A character has three bytes at most, so that most bodies need not be measured.
    return body.length * 3 > maxBodyBytes && Buffer.byteLength(body) > maxBodyBytes;
  }

  private decide(part: readonly Event[], refusalAt: (place: number) => string | undefined) {
    for (const [place, event] of part.entries()) {
      this.verdicts.set(event, { refusal: refusalAt(place) });
    }
  }

  /** The backend may repeat what it was sent, credentials included. */
  private refusalsOf(
    response: HttpResponse,
    request: HttpRequest,
    part: readonly Event[],
  ): ReadonlyMap<number, string> {
    const rejected = this.rejections(response, part);
    return readReport({ rejected }, part.length, redactionOf(request));
  }

  private rejections(response: HttpResponse, part: readonly Event[]): unknown {
    try {
      return this.endpoint.rejections?.(response, part);
    } catch (thrown) {
      // Where the backend said that it has the batch, sending it again would count it twice.
      if (response.status < 300) return undefined;
      const message = `was answered ${response.status}, which makes no sense: ${messageOf(thrown)}`;
      return part.map((_, index) => ({ index, message }));
    }
  }
}

/** A body is longer than the backend takes, so that there is no need to send it. */
class BodyTooLong extends Error {}

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof BodyTooLong || (thrown instanceof AnswerError && thrown.status === 413);
}
