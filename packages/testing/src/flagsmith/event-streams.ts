import type { Writable } from 'node:stream';
import { BoundedLog } from '../bounded-log.ts';
import type { Reply } from '../http-reply.ts';

/** Unread bytes at which a client counts as gone. */
const MOST_UNREAD = 65_536;

/** The open realtime streams (server-sent events). */
export class EventStreams {
  private readonly streams = new Set<Writable>();
  private readonly openings = new BoundedLog<number>(1);

  /** How many are open. */
  get size(): number {
    return this.streams.size;
  }

  /** Opens a stream, with a comment as its first words. */
  answer(): Reply {
    return {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
      stream: (body) => {
        this.streams.add(body);
        body.on('close', () => this.streams.delete(body));
        body.write(': connected\n\n');
        this.openings.add(this.openings.total);
      },
    };
  }

  /** Says on all open streams when the document was changed. `updatedAt`: Unix milliseconds. */
  announce(updatedAt: number): void {
    const data = JSON.stringify({ updated_at: updatedAt / 1_000 });
    this.send(`event: environment_updated\ndata: ${data}\n\n`);
  }

  /** Writes text on all open streams, as it is. */
  send(text: string): void {
    for (const stream of this.streams) {
      stream.write(text);
      if (stream.writableLength > MOST_UNREAD) this.cut(stream);
    }
  }

  /** Cuts the connections of all open streams. */
  drop(): void {
    for (const stream of this.streams) this.cut(stream);
  }

  /** Resolves once so many streams were opened in total. */
  async opened(count: number): Promise<void> {
    await this.openings.reached(count);
  }

  private cut(stream: Writable): void {
    // Not only when it is closed, which is later: nothing may be written until then.
    this.streams.delete(stream);
    stream.destroy();
  }
}
