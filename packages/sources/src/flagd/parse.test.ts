import { describe, expect, it } from 'vitest';
import type { FlagdDocument } from './index.ts';
import { compile, parse } from './index.ts';

function errorOf(text: string): unknown {
  try {
    parse(text);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('parse', () => {
  it('reads a document with flags by key', () => {
    expect(parse('{"flags":{}}')).toEqual({ flags: {} });
  });

  it('accepts the byte order mark that some editors write', () => {
    expect(parse('\ufeff{"flags":{}}')).toEqual({ flags: {} });
  });

  it.each([
    ['{"flags": {}', 'line 1, column 13'],
    ['', 'line 1, column 1'],
    ['{\n  "flags": {\n    "a": tru\n  }\n}', 'line 3, column 10'],
    ['{\n  "flags": {},\n}', 'line 3, column 1'],
    ['{"flags" {}}', 'line 1, column 10'],
    ['{flags: {}}', 'line 1, column 2'],
    ['{"flags": [1 2]}', 'line 1, column 14'],
    ['{"flags": [1,]}', 'line 1, column 14'],
    ['{"flags": "a\nb"}', 'line 1, column 11'],
    ['{"flags": "a\\x"}', 'line 1, column 11'],
    ['{"flags": {}} {}', 'line 1, column 15'],
    ['{"flags": {"a": [{"b": null}, -1.5e3, "\\u00e9", true, false, {}], "c": 01}}', 'column 73'],
    ['{"flags": {]}', 'line 1, column 12'],
  ])('names the line and column where %j stops being JSON', (text, place) => {
    expect(errorOf(text)).toMatchObject({
      code: 'INVALID_DEFINITIONS',
      part: 'flagd',
      message: expect.stringContaining(`${place} (`),
    });
  });

  it.each([
    ['null', 'null'],
    ['[]', 'array'],
    ['"flags"', 'string'],
    ['{}', '`flags` of type nothing'],
    ['{"flags":"none"}', '`flags` of type string'],
    ['{"flags":null}', '`flags` of type null'],
  ])('rejects %s, which has no flags, and says what it found', (text, found) => {
    expect(errorOf(text)).toMatchObject({
      code: 'INVALID_DEFINITIONS',
      message: expect.stringContaining(found),
    });
  });
});

describe('the version of compiled definitions', () => {
  const document = (version: unknown): FlagdDocument =>
    ({ flags: {}, metadata: { version } }) as FlagdDocument;

  it('is the one given, else the flag set’s own, else unversioned', () => {
    expect(compile(document('v7'), { version: 'etag' }).version).toBe('etag');
    expect(compile(document('v7')).version).toBe('v7');
    expect(compile('{"flags":{}}').version).toBe('unversioned');
  });

  it('is never a number', () => {
    expect(compile(document(7)).version).toBe('unversioned');
  });
});
