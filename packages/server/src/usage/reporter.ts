import type { UsageEndpoint } from '@halyard/core';
import { describedRequest } from '../described-request.ts';
import type { Outside } from '../outside.ts';
import { isPermanent } from '../retry-advice.ts';
import { atMost, awaited } from '../timers.ts';
import type { Transport } from '../transport.ts';
import { type Warnings, warning } from '../warnings.ts';
import { type UsageBatch, UsageCounter } from './counter.ts';

/** What the reporter needs of its client. */
export interface UsageReporterOptions {
  /** The backend's name. */
  readonly source: string;
  readonly endpoint: UsageEndpoint;
  /** Tries once: what fails goes with the next counts. */
  readonly transport: Transport;
  readonly outside: Outside;
  readonly warnings: Warnings;
}

/** Sends counts of reads to the backend, at each interval in which there are some. One send at a time. */
export class UsageReporter {
  readonly counter = new UsageCounter();
  private readonly options: UsageReporterOptions;
  private readonly timer: NodeJS.Timeout;
  private readonly stop = new AbortController();
  private sending: Promise<void> | undefined;

  constructor(options: UsageReporterOptions) {
    this.options = options;
    this.timer = setInterval(() => void this.send(), options.endpoint.interval);
    this.timer.unref();
  }

  /** Resolves when what was counted until now has been sent, or has failed, or at the deadline. */
  flush(deadline: number): Promise<void> {
    return awaited(atMost(deadline, this.sendAll()));
  }

  /** Sends until the deadline; what is left then is lost. */
  async close(deadline: number): Promise<void> {
    await this.flush(deadline);
    clearInterval(this.timer);
    this.stop.abort();
    this.counter.close();
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    // What is under way was counted before; the rest goes after it.
    await this.sending;
    await this.send();
  }

  private async send(): Promise<void> {
    if (this.sending !== undefined) return this.sending;
    const batch = this.counter.take();
    if (batch === undefined) return;
    this.sending = this.options.outside(() => this.sendBatch(batch));
    await this.sending;
    this.sending = undefined;
  }

  /** Never rejects. */
  private async sendBatch(batch: UsageBatch): Promise<void> {
    const { source, endpoint, transport, warnings } = this.options;
    try {
      const counts = Object.fromEntries(Array.from(batch, ([key, { count }]) => [key, count]));
      const request = describedRequest(source, () => endpoint.request(counts));
      await transport.send(request, { signal: this.stop.signal });
      this.counter.deliver(batch);
      warnings.settle('usage');
    } catch (thrown) {
      this.failed(batch, thrown);
    }
  }

  private failed(batch: UsageBatch, thrown: unknown): void {
    const { warnings } = this.options;
    if (isPermanent(thrown)) {
      this.counter.lose(batch);
      warnings.once('usage', warning('usage', 'counts of reads are being lost', thrown));
      return;
    }
    this.counter.putBack(batch);
    if (this.stop.signal.aborted) return;
    warnings.once('usage', warning('usage', 'counts of reads wait to be sent', thrown));
  }
}
