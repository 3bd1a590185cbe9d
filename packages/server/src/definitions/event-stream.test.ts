import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './event-stream.ts';

const BYTES = new TextEncoder();

/** What a parser makes of pieces: messages as `event:data`, retries as numbers. */
function heardIn(pieces: readonly (string | Uint8Array)[], maxLength?: number) {
  const heard: (string | number)[] = [];
  const parser = new EventStreamParser(
    {
      onMessage: ({ event, data }) => heard.push(`${event}:${data}`),
      onRetry: (ms) => heard.push(ms),
    },
    { maxLength },
  );
  for (const piece of pieces) {
    parser.push(typeof piece === 'string' ? BYTES.encode(piece) : piece);
  }
  return { heard, lastEventId: parser.lastEventId };
}

describe('a stream of events', () => {
  it.each<[what: string, text: string, expected: (string | number)[]]>([
    ['a message', 'data: a\n\n', ['message:a']],
    ['a named message', 'event: put\ndata: a\n\n', ['put:a']],
    ['a name for one message only', 'event: put\ndata: a\n\ndata: b\n\n', ['put:a', 'message:b']],
    ['several lines of data', 'data: a\ndata\ndata:b\n\n', ['message:a\n\nb']],
    ['an empty line of data', 'data:\n\n', ['message:']],
    ['one space after the colon, and no more', 'data:  a\n\n', ['message: a']],
    ['further colons', 'data: a: b\n\n', ['message:a: b']],
    ['lines that end in CR', 'data: a\r\rdata: b\r\r', ['message:a', 'message:b']],
    ['lines that end in CR LF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['message:a', 'message:b']],
    ['a byte order mark', '\ufeffdata: a\n\n', ['message:a']],
    ['comments', ': hello\ndata: a\n:\n\n', ['message:a']],
    ['unknown fields', 'Data: x\nfoo: y\nfoo\n data: z\ndata: a\n\n', ['message:a']],
    ['a pause to keep', 'retry: 250\n\n', [250]],
    ['pauses that are no whole number', 'retry: 1.5\nretry: -1\nretry\nretry: 9s\n\n', []],
    ['a message without data', 'event: put\n\ndata: a\n\n', ['message:a']],
    ['a message without an end', 'data: a\n\ndata: b\n', ['message:a']],
    ['characters of several bytes', 'data: grüße ☃ 🚀\n\n', ['message:grüße ☃ 🚀']],
  ])('is understood: %s', (_what, text, expected) => {
    expect(heardIn([text]).heard).toEqual(expected);
    const single = [...BYTES.encode(text)].map((byte) => Uint8Array.of(byte));
    expect(heardIn(single).heard).toEqual(expected);
    expect(heardIn(single.flatMap((byte) => [byte, new Uint8Array()])).heard).toEqual(expected);
  });

  it('has an id that lasts until another comes, and counts with its message', () => {
    expect(heardIn(['id: 1\ndata: a\n\ndata: b\n\nid: 2\n']).lastEventId).toBe('1');
    expect(heardIn(['id: 1\ndata: a\n\nid: 2\n\n']).lastEventId).toBe('2');
    expect(heardIn(['id: 1\ndata: a\n\nid\n\n']).lastEventId).toBe('');
    expect(heardIn(['id: 1\ndata: a\n\nid: 2\0\n\n']).lastEventId).toBe('1');
  });

  it.each([
    ['in one line', 'data: too long a message'],
    ['in many lines', 'data: too\ndata: long\ndata: a message'],
    ['in a comment', ': a comment that is too long'],
  ])('leaves out a message that exceeds the bound %s, and goes on', (_where, message) => {
    const text = `data: a\n\n${message}\n\ndata: b\n\n`;
    expect(heardIn([text], 20).heard).toEqual(['message:a', 'message:b']);
    expect(heardIn([...text], 20).heard).toEqual(['message:a', 'message:b']);
  });

  it('does not keep what exceeds the bound', () => {
    const endless = Array.from({ length: 1000 }, () => 'x'.repeat(1000));
    const { heard } = heardIn(['data: ', ...endless, '\ndata: b\n\ndata: c\n\n'], 2000);
    expect(heard).toEqual(['message:c']);
  });
});
