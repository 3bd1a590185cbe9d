import { readFileSync } from 'node:fs';
import type { HttpDefinitions } from '@halyard/core';
import { describeSource } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import type { FlagdDocument } from './index.ts';
import { flagdDefinitions, flagdFile, flagdUrl, parse } from './index.ts';

const document: FlagdDocument = {
  flags: { hello: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' } },
};

describe('flagdFile', () => {
  it('describes a file that the runtime reads', () => {
    const source = flagdFile('./flags.json');
    expect(source).toMatchObject({
      name: 'flagd',
      id: 'flagd:./flags.json',
      definitions: { kind: 'file', path: './flags.json' },
    });
    const { definitions } = source;
    expect(definitions.kind === 'file' && definitions.parse('{"flags":{}}')).toEqual({ flags: {} });
  });

  it.each(['', '  ', undefined, 7])('refuses the path %j', (path) => {
    expect(() => flagdFile(path as string)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', part: 'flagd' }),
    );
  });
});

describe('flagdUrl', () => {
  const httpOf = (...args: Parameters<typeof flagdUrl>) =>
    flagdUrl(...args).definitions as HttpDefinitions<FlagdDocument>;

  it('describes one GET for the document', () => {
    const http = httpOf('https://flags.example/all.json', { headers: { 'X-Env': 'test' } });
    expect(http.request()).toMatchObject({
      url: 'https://flags.example/all.json',
      method: 'GET',
      headers: { accept: 'application/json', 'x-env': 'test' },
    });
    expect(http.nextPage).toBeUndefined();
    expect(http.parse(['{"flags":{}}'])).toEqual({ flags: {} });
  });

  it('asks only for a change when it holds a document', () => {
    const { headers } = httpOf('https://flags.example/').request({
      etag: '"v1"',
      lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
    expect(headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
  });

  it('marks credentials in headers and in the address as secrets', () => {
    const { secrets } = httpOf('https://flags.example/?token=query-secret&v=1', {
      headers: { authorization: 'Bearer header-secret' },
    }).request();
    expect(secrets).toEqual(
      expect.arrayContaining(['header-secret', 'Bearer header-secret', 'query-secret']),
    );
  });

  it('is identified by its address, without credentials', () => {
    const one = flagdUrl('https://flags.example/?token=one');
    expect(one.id).not.toContain('one');
    expect(one.id).toContain('https://flags.example/');
    expect(flagdUrl('https://flags.example/?token=two').id).not.toBe(one.id);
    expect(flagdUrl('https://flags.example/?token=one').id).toBe(one.id);
  });

  it.each(['', 'flags.json', '/flags.json', 'ftp://flags.example', 'https://', undefined])(
    'refuses the address %j',
    (url) => {
      expect(() => flagdUrl(url as string)).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION' }),
      );
    },
  );

  it('refuses an address with a password, and does not repeat it', () => {
    let message = '';
    try {
      flagdUrl('https://user:secret@flags.example/');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('authorization');
    expect(message).not.toContain('secret');
  });

  it.each([[{ a: 1 }], [{ 'a b': 'x' }], [{ a: 'x\r\ny' }], ['a']])(
    'refuses the headers %j',
    (headers) => {
      expect(() => flagdUrl('https://flags.example/', { headers: headers as never })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION' }),
      );
    },
  );
});

describe('flagdDefinitions', () => {
  it('carries the document itself', () => {
    expect(flagdDefinitions(document).definitions).toEqual({ kind: 'inline', value: document });
  });

  it('is identified by what it contains', () => {
    expect(flagdDefinitions({ ...document }).id).toBe(flagdDefinitions(document).id);
    expect(flagdDefinitions({ flags: {} }).id).not.toBe(flagdDefinitions(document).id);
  });

  it('refuses a document without flags', () => {
    expect(() => flagdDefinitions({} as FlagdDocument)).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });

  it('refuses what JSON cannot carry', () => {
    const circular: Record<string, unknown> = { flags: {} };
    circular.metadata = circular;
    expect(() => flagdDefinitions(circular as unknown as FlagdDocument)).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });
});

const shop = parse(readFileSync(new URL('./fixtures/shop.json', import.meta.url), 'utf8'));
const [staff, visitor] = [
  { targetingKey: 'jane', email: 'jane@shop.example', plan: 'pro', version: '2.1.0' },
  { targetingKey: 'joe', email: 'joe@else.example', plan: 'free', version: '1.9.9' },
];
const badRule = { if: [{ nonsense: [] }, 'on', 'off'] };

describeSource(
  { describe, it, expect },
  {
    source: flagdFile('./flags.json'),
    definitions: shop,
    contexts: [staff, visitor, {}],
    reads: [
      { flagKey: 'new-checkout', type: 'boolean', value: true },
      { flagKey: 'new-checkout', context: visitor, type: 'boolean', value: false },
      { flagKey: 'new-checkout', type: 'string', value: undefined },
      { flagKey: 'page-size', type: 'number', value: 50 },
      { flagKey: 'limits', type: 'object', value: { items: 100 } },
      { flagKey: 'steps', type: 'object', value: ['cart', 'address', 'payment'] },
      { flagKey: 'steps', type: undefined, value: ['cart', 'address', 'payment'] },
      { flagKey: 'caller-decides', type: 'boolean', value: undefined },
    ],
    faulty: [
      {
        definitions: {
          ...shop,
          flags: {
            ...shop.flags,
            bad: { state: 'ENABLED', variants: { on: true }, targeting: badRule },
          },
        },
        flagKey: 'bad',
        path: 'targeting.if[0]',
        neighbours: ['new-checkout', 'limits'],
      },
    ],
    broken: { 'no flags': '{}', 'flags that are a text': '{"flags":"none"}' },
  },
);
