import { NextRequest } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import * as browser from './browser.ts';
import * as edge from './edge.ts';
import { tableSource } from './fixtures/table-source.ts';
import * as node from './index.ts';

const source = tableSource({});

describe('in a browser bundle', () => {
  it('everything says where it belongs', () => {
    expect(() => browser.createFlags({ source })).toThrow(/in the browser.*useFlag\(\)/);
    expect(() => browser.afterResponse()).toThrow(/in the browser/);
  });

  it('the names are the same, so that a bundler finds them', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
  });
});

describe('on the Edge runtime', () => {
  const flags = edge.createFlags({ source });

  it('the names are the same, so that a bundler finds them', () => {
    expect(Object.keys(edge).sort()).toEqual(Object.keys(node).sort());
    expect(Object.keys(flags).sort()).toEqual(Object.keys(node.createFlags({ source })).sort());
  });

  it('register() does nothing, since Next calls it there too', async () => {
    await expect(flags.register()).resolves.toBeUndefined();
  });

  it('proxy() mints the visitor id as ever', async () => {
    const response = await flags.proxy()(new NextRequest('http://shop.test/'));
    expect(response.cookies.has('halyard-visitor')).toBe(true);
  });

  it('reading says what to do', () => {
    expect(() => flags.get('color', '')).toThrow(/Node\.js only/);
    expect(() => flags.client).toThrow(/Node\.js only/);
  });

  it('afterResponse() can be given to createFlags(), and says what to do', () => {
    const executor = edge.afterResponse();
    expect(() => edge.createFlags({ source, exposures: { executor } })).not.toThrow();
    expect(() => executor.submit(async () => {})).toThrow(/Node\.js only/);
  });
});
