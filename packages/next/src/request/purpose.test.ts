import { expect, it } from 'vitest';
import { purposeOf } from './purpose.ts';

it.each<[string, Record<string, string>, string | undefined, string]>([
  ['a document', { 'sec-fetch-dest': 'document', accept: 'text/html' }, 'GET', 'answer'],
  ['a form without JavaScript', { 'content-type': 'multipart/form-data' }, 'POST', 'answer'],
  ['a page that is no prefetch', { 'sec-purpose': 'none' }, 'GET', 'answer'],
  ['a HEAD request', {}, 'HEAD', 'speculation'],
  [
    'a HEAD request that the proxy has marked',
    { 'x-halyard-uncounted': '1' },
    undefined,
    'speculation',
  ],
  ['a link in view', { rsc: '1', 'next-router-prefetch': '1' }, 'GET', 'speculation'],
  [
    'a part of a page in advance',
    { rsc: '1', 'next-router-segment-prefetch': '/' },
    'GET',
    'speculation',
  ],
  ['<link rel="prefetch">', { 'sec-purpose': 'prefetch' }, 'GET', 'speculation'],
  ['a page made ready', { 'sec-purpose': 'prefetch;prerender' }, 'GET', 'speculation'],
  ['an older browser ahead of time', { purpose: 'prefetch' }, 'GET', 'speculation'],
  ['a navigation, or a prefetch that does not say so', { rsc: '1' }, 'GET', 'page-data'],
  ['a navigation as Next shows it', { 'next-url': '/gate' }, undefined, 'page-data'],
  ['a server action', { 'next-action': '40ab', 'next-url': '/', rsc: '1' }, 'POST', 'action'],
])('%s', (_name, headers, method, purpose) => {
  expect(purposeOf((name) => headers[name], method)).toBe(purpose);
  expect(purposeOf((name) => new Headers(headers).get(name), method)).toBe(purpose);
});
