import type { StreamMessage } from '@halyard/core';

/** Who hears what a stream says. */
export interface EventStreamListener {
  onMessage(message: StreamMessage): void;
  /** How many milliseconds the stream asks to be left alone after a loss; any whole number. */
  onRetry(ms: number): void;
}

/** What a parser starts with, and its bound. */
export interface EventStreamOptions {
  /** Of the stream that this one goes on with. Default: none. */
  readonly lastEventId?: string;
  readonly maxLength?: number;
}

/** The longest message, in UTF-16 code units; news of definitions take a few dozen. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Reads the text/event-stream format piece by piece, wherever the pieces are cut
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). What is
 * unfinished at the end of the stream is no message, and what is longer than the bound is left out.
 */
export class EventStreamParser {
  private readonly listener: EventStreamListener;
  private readonly maxLength: number;
  /** Also takes the byte order mark away, and keeps characters whole across pieces. */
  private readonly decoder = new TextDecoder();
  /** The last piece ended in CR, whose LF may be the first of the next. */
  private endedInReturn = false;
  private line = '';
  private event = '';
  private data = '';
  private tooLong = false;
  private id: string;
  /** Of the last message: what to ask for the following ones with. Empty when there is none. */
  lastEventId: string;

  constructor(
    listener: EventStreamListener,
    { lastEventId = '', maxLength = MAX_LENGTH }: EventStreamOptions = {},
  ) {
    this.listener = listener;
    this.maxLength = maxLength;
    this.id = lastEventId;
    this.lastEventId = lastEventId;
  }

  push(bytes: Uint8Array): void {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === '') return;
    const lines = (this.endedInReturn && text[0] === '\n' ? text.slice(1) : text).split(
      /\r\n|\r|\n/,
    );
    this.endedInReturn = text.endsWith('\r');
    const unfinished = lines.pop() ?? '';
    for (const line of lines) {
      this.grow(line);
      this.take(this.line);
      this.line = '';
    }
    this.grow(unfinished);
  }

  private grow(text: string): void {
    if (text === '') return;
    if (this.line.length + this.data.length + text.length <= this.maxLength) {
      this.line += text;
      return;
    }
    // A comment in the line's place: without one it would be the blank line that ends a message.
    this.line = ':';
    this.data = '';
    this.tooLong = true;
  }

  private take(line: string): void {
    if (line === '') {
      this.dispatch();
      return;
    }
    const colon = line.indexOf(':');
    // A line that begins with a colon is a comment: a field without a name, which means nothing.
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'event') this.event = value;
    else if (name === 'data') this.data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) this.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.listener.onRetry(Number(value));
  }

  private dispatch(): void {
    const { event, data, tooLong } = this;
    this.lastEventId = this.id;
    this.event = '';
    this.data = '';
    this.tooLong = false;
    if (data === '' || tooLong) return;
    this.listener.onMessage({ event: event || 'message', data: data.slice(0, -1) });
  }
}
