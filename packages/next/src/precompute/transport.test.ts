import { NextRequest, NextResponse } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { pathSegment } from './transport.ts';

const transport = pathSegment();
const asked = (path: string) => new NextRequest(`http://shop.test${path}`);

describe('a code as a segment of the path', () => {
  it.each([
    ['/pricing', { pathname: '/pricing' }],
    ['/', { pathname: '/' }],
    ['/pricing/', { pathname: '/pricing' }],
    ['/pricing?v=1', { pathname: '/pricing' }],
    ['/v', { pathname: '/v' }],
    ['/vote/for', { pathname: '/vote/for' }],
    ['/v/AbC_-9/pricing', { pathname: '/pricing', code: 'AbC_-9' }],
    ['/v/AbC/products/lamp', { pathname: '/products/lamp', code: 'AbC' }],
    ['/v/AbC', { pathname: '/', code: 'AbC' }],
    ['/v/AbC/', { pathname: '/', code: 'AbC' }],
    ['/v//pricing', { pathname: '/pricing', code: '' }],
  ])('%s', (path, expected) => {
    expect(transport.receive(asked(path))).toEqual(expected);
  });

  it.each([
    ['/pricing?a=1&b=2', 'http://shop.test/v/CODE/pricing?a=1&b=2'],
    ['/', 'http://shop.test/v/CODE'],
    ['/caf%C3%A9/x%2Fy', 'http://shop.test/v/CODE/caf%C3%A9/x%2Fy'],
    ['/v/other/pricing', 'http://shop.test/v/CODE/pricing'],
  ])('the page for %s is at %s', (path, address) => {
    const response = transport.send(asked(path), 'CODE', NextResponse.next());
    expect(response.headers.get('x-middleware-rewrite')).toBe(address);
    expect(response.headers.get('x-middleware-next')).toBeNull();
  });

  it('keeps below a base path', () => {
    const request = new NextRequest('http://shop.test/shop/pricing', {
      nextConfig: { basePath: '/shop' },
    });
    expect(transport.receive(request)).toEqual({ pathname: '/pricing' });
    expect(
      transport.send(request, 'CODE', NextResponse.next()).headers.get('x-middleware-rewrite'),
    ).toBe('http://shop.test/shop/v/CODE/pricing');
  });

  it('keeps the headers and cookies of the answer there is, and what it says of the request', () => {
    const before = NextResponse.next({ request: { headers: new Headers({ cookie: 'a=1' }) } });
    before.cookies.set('first', '1');
    before.cookies.set('second', '2');
    before.headers.set('x-own', 'yes');
    const response = transport.send(asked('/pricing'), 'CODE', before);
    expect(response.headers.getSetCookie()).toEqual(['first=1; Path=/', 'second=2; Path=/']);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.get('x-middleware-request-cookie')).toBe('a=1');
    expect(response.headers.get('x-middleware-override-headers')).toBe('cookie');
  });

  it('has the parameter of its page', () => {
    expect(transport.params('CODE')).toEqual({ code: 'CODE' });
    const own = pathSegment({ under: '/made/in-advance', param: 'variant' });
    expect(own.params('CODE')).toEqual({ variant: 'CODE' });
    expect(own.receive(asked('/made/in-advance/CODE/pricing'))).toEqual({
      pathname: '/pricing',
      code: 'CODE',
    });
  });

  it.each(['v', '/', '', '/v/', '/a//b', '/[x]', '/v?', 7])('is not under %j', (under) => {
    expect(() => pathSegment({ under: under as string })).toThrow(/`under` must be a path/);
  });
});
