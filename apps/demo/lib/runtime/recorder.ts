import type { FlagClient } from '@halyard/server';
import {
  type ExposureView,
  exposureView,
  type Frame,
  type ReadView,
  readView,
  type Sample,
  statusView,
} from './frame.ts';
import { recentExposures } from './recent-exposures.ts';
import { Ring } from './ring.ts';
import { Seconds } from './seconds.ts';

/** Milliseconds between frames. */
const TICK = 500;
const SAMPLES_KEPT = 60;
const ROWS_PER_FRAME = 20;

/**
 * Watches the runtime while somebody looks at it. The first listener starts the watching and the last
 * one to leave ends it: nobody pays for what nobody sees.
 */
export class Recorder {
  private readonly client: FlagClient;
  private readonly listeners = new Set<(frame: Frame) => void>();
  private readonly samples = new Ring<Sample>(SAMPLES_KEPT);
  private readonly reads = new Ring<ReadView>(ROWS_PER_FRAME);
  private readonly exposures = new Ring<ExposureView>(ROWS_PER_FRAME);
  private readonly latestReads = new Ring<ReadView>(ROWS_PER_FRAME);
  private readsSeen = 0;
  private stop: (() => void) | undefined;

  constructor(client: FlagClient) {
    this.client = client;
  }

  /** How many are listening. */
  get audience(): number {
    return this.listeners.size;
  }

  /** Sends what is known at once, and then a frame every half second. Returns what ends that. */
  listen(listener: (frame: Frame) => void): () => void {
    this.stop ??= this.start();
    this.listeners.add(listener);
    listener({
      status: statusView(this.client.status()),
      samples: this.samples.list(),
      reads: this.latestReads.list(),
      exposures: recentExposures().list().map(exposureView),
    });
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop?.();
      this.stop = undefined;
    };
  }

  private start(): () => void {
    const seconds = new Seconds(Date.now());
    const endReads = this.client.on('resolution', (event) => {
      const read = readView(event, this.readsSeen++);
      seconds.countRead(read.microseconds);
      this.reads.push(read);
    });
    const endExposures = this.client.on('exposuresSent', ({ sink, batch }) => {
      if (sink !== 'runtime-page') return;
      seconds.countExposures(batch.length);
      this.exposures.push(...batch.map(exposureView));
    });
    const timer = setInterval(() => this.tick(seconds.close(Date.now())), TICK);
    timer.unref();
    return () => {
      clearInterval(timer);
      endReads();
      endExposures();
    };
  }

  private tick(sample: Sample | undefined): void {
    const samples = sample === undefined ? [] : [sample];
    this.samples.push(...samples);
    const reads = this.reads.take();
    this.latestReads.push(...reads);
    const status = statusView(this.client.status());
    const frame: Frame = { status, samples, reads, exposures: this.exposures.take() };
    for (const listener of this.listeners) listener(frame);
  }
}
