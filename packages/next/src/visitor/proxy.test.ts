import { NextRequest } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { visitorProxy } from './proxy.ts';
import { readVisitorCookie } from './visitor-cookie.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const KNOWN = '0b6f2b0e-9a55-4a52-8b0e-3d4f9d6c1a11';
const proxy = visitorProxy(readVisitorCookie(undefined));

function request(
  headers: Record<string, string> = {},
  init: { method?: string; url?: string } = {},
) {
  const { method = 'GET', url = 'http://shop.test/' } = init;
  return new NextRequest(url, { method, headers });
}

/** The headers the rest of Next will see, in the form in which a proxy hands them on. */
function forwarded(response: Response, name: string): string | null {
  return response.headers.get(`x-middleware-request-${name}`);
}

describe('a visitor without an id', () => {
  it('is given one in a cookie that scripts cannot read', async () => {
    const response = await proxy(request());
    const cookie = response.cookies.get('halyard-visitor');
    expect(cookie?.value).toMatch(UUID);
    expect(cookie).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: 31_536_000,
      secure: false,
    });
  });

  it('has it within the same request, next to the cookies that came with it', async () => {
    const response = await proxy(request({ cookie: 'theme=dark%20blue; cart={"a":1}' }));
    const id = response.cookies.get('halyard-visitor')?.value;
    expect(forwarded(response, 'cookie')).toBe(
      `theme=dark%20blue; cart={"a":1}; halyard-visitor=${id}`,
    );
  });

  it('has it for what the proxy itself reads afterwards', async () => {
    const incoming = request({ cookie: 'theme=dark%20blue; broken=%; cart={"a":1}' });
    const response = await proxy(incoming);
    const id = response.cookies.get('halyard-visitor')?.value;
    expect(incoming.cookies.get('halyard-visitor')?.value).toBe(id);
    expect(incoming.cookies.get('theme')?.value).toBe('dark blue');
    expect(incoming.headers.get('cookie')).toBe(
      `theme=dark%20blue; broken=%; cart={"a":1}; halyard-visitor=${id}`,
    );
  });

  it('gets another one than the next visitor', async () => {
    const ids = await Promise.all(
      Array.from(
        { length: 50 },
        async () => (await proxy(request())).cookies.get('halyard-visitor')?.value,
      ),
    );
    expect(new Set(ids).size).toBe(50);
  });

  it.each([
    ['https', {}, 'https://shop.test/', true],
    [
      'https before a load balancer',
      { 'x-forwarded-proto': 'https,http' },
      'http://10.0.0.1/',
      true,
    ],
    ['http before a load balancer', { 'x-forwarded-proto': 'http' }, 'https://10.0.0.1/', false],
    ['http', {}, 'http://shop.test/', false],
  ])('over %s', async (_name, headers, url, secure) => {
    const response = await proxy(request(headers, { url }));
    expect(response.cookies.get('halyard-visitor')?.secure).toBe(secure);
  });

  it('keeps the other request headers', async () => {
    const response = await proxy(request({ 'accept-language': 'de', authorization: 'Bearer t' }));
    expect(forwarded(response, 'accept-language')).toBe('de');
    expect(forwarded(response, 'authorization')).toBe('Bearer t');
    expect(response.headers.get('x-middleware-next')).toBe('1');
  });
});

describe('a visitor with an id', () => {
  it('keeps it, and the request passes untouched', async () => {
    const response = await proxy(request({ cookie: `a=1; halyard-visitor=${KNOWN}` }));
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('x-middleware-override-headers')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    'short',
    'x'.repeat(65),
    'with space inside',
    '"quoted-value"',
    '%00%00%00%00%00%00%00%00',
  ])('gets a new one when it is not one: %s', async (value) => {
    const response = await proxy(request({ cookie: `halyard-visitor=${value}; b=2` }));
    const id = response.cookies.get('halyard-visitor')?.value;
    expect(id).toMatch(UUID);
    expect(forwarded(response, 'cookie')).toBe(`b=2; halyard-visitor=${id}`);
  });

  it('may have it in a cookie of another name', async () => {
    const own = visitorProxy(readVisitorCookie({ cookie: 'uid', maxAge: 60 }));
    const response = await own(request({ cookie: `halyard-visitor=${KNOWN}` }));
    expect(response.cookies.get('uid')).toMatchObject({ maxAge: 60 });
    expect(response.cookies.get('halyard-visitor')).toBeUndefined();
  });
});

describe('a request nobody looks at', () => {
  it('is marked when it is a HEAD request', async () => {
    const response = await proxy(
      request({ cookie: `halyard-visitor=${KNOWN}` }, { method: 'HEAD' }),
    );
    expect(forwarded(response, 'x-halyard-uncounted')).toBe('1');
  });

  it('cannot be claimed to be one by the visitor', async () => {
    const response = await proxy(
      request({ cookie: `halyard-visitor=${KNOWN}`, 'x-halyard-uncounted': '1' }),
    );
    expect(forwarded(response, 'x-halyard-uncounted')).toBeNull();
    expect(response.headers.get('x-middleware-override-headers')).not.toContain('uncounted');
    expect(forwarded(response, 'cookie')).toBe(`halyard-visitor=${KNOWN}`);
  });
});

describe('the visitor option', () => {
  it.each([
    [{ cookie: '' }, 'visitor.cookie'],
    [{ cookie: 'a=b' }, 'visitor.cookie'],
    [{ cookie: 'a;b' }, 'visitor.cookie'],
    [{ maxAge: 0 }, 'visitor.maxAge'],
    [{ maxAge: 1.5 }, 'visitor.maxAge'],
    [{ maxAge: Number.NaN }, 'visitor.maxAge'],
  ])('%j is refused by name', (visitor, option) => {
    expect(() => readVisitorCookie(visitor)).toThrow(option);
  });
});
