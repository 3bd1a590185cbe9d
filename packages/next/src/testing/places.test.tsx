import { valuesIn } from '../fixtures/values-in.ts';
// @vitest-environment jsdom

import { useFlag } from '@halyard/react';
import { TestFlagsProvider } from '@halyard/react/testing';
import { cleanup, render, renderHook } from '@testing-library/react';
import { type ReactNode, Suspense } from 'react';
import { renderToReadableStream, renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { BuyButton, Discount, flags, GET, order, Page } from './fixtures/shop.tsx';
import { withFlags } from './index.ts';

afterEach(cleanup);

it('a route handler is called as a function', async () => {
  await withFlags({ discount: 5 }, async ({ exposed }) => {
    const response = await GET(new Request('http://shop.test/api/price?price=20'));
    expect(await response.json()).toEqual({ price: 15 });
    expect(exposed).toEqual(['discount']);
  });
});

it('so is a server action', async () => {
  const form = new FormData();
  form.set('item', 'lamp');
  await withFlags({ checkout: 'express' }, async ({ tracked }) => {
    expect(await order(form)).toBe('lamp by express');
    expect(tracked).toMatchObject([{ name: 'ordered', details: { value: 12 } }]);
  });
});

describe('a server component', () => {
  it('is awaited', async () => {
    await withFlags({ discount: 5 }, async ({ read, exposed }) => {
      expect(renderToStaticMarkup(await Discount())).toBe('<i>5 off</i>');
      expect([read, exposed]).toEqual([['discount'], []]);
    });
  });

  it('is rendered with those in it, in a Suspense boundary', async () => {
    const html = await withFlags({ checkout: 'express', discount: 5 }, async () => {
      const stream = await renderToReadableStream(
        <Suspense fallback="…">
          <Page />
        </Suspense>,
      );
      await stream.allReady;
      return new Response(stream).text();
    });
    expect(html).toContain('<b>express</b>');
    expect(html.replaceAll('<!-- -->', '')).toContain('<i>5 off</i>');
  });

  it('keeps its flags when pages of several tests are rendered at once', async () => {
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        withFlags({ discount: i }, async () => {
          const stream = await renderToReadableStream(<Discount />);
          return (await new Response(stream).text()).replaceAll('<!-- -->', '');
        }),
      ),
    );
    expect(pages).toEqual(pages.map((_, i) => `<i>${i} off</i>`));
  });
});

describe('a client component', () => {
  it('has the same flags, and the same records', async () => {
    await withFlags({ checkout: 'express', banner: 'hi' }, async (kit) => {
      const { container } = render(
        <TestFlagsProvider {...kit.provider}>
          <BuyButton />
        </TestFlagsProvider>,
      );
      expect(container.textContent).toBe('express small');
      expect(kit.read).toEqual(['checkout', 'button-size']);
      expect(kit.exposed).toEqual(['checkout']);
      expect(kit.missing).toEqual(['button-size']);
      expect(kit.unread).toEqual(['banner']);
    });
  });

  it('is no different to a hook', () => {
    const kit = withFlags({ checkout: 'express' });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestFlagsProvider {...kit.provider}>{children}</TestFlagsProvider>
    );
    const { result } = renderHook(() => useFlag('checkout', 'classic').value, { wrapper });
    expect(result.current).toBe('express');
  });
});

describe('the browser’s endpoint', () => {
  it('answers the flags that the application lets out, and no other', async () => {
    await withFlags({ checkout: 'express', secret: true }, async () => {
      expect(valuesIn(await flags.hydrate())).toEqual({ checkout: 'express' });
      const response = await flags.handlers.GET(new Request('http://shop.test/api/flags'));
      expect(valuesIn(await response.json())).toEqual({ checkout: 'express' });
    });
  });

  it('takes exposures of those', async () => {
    await withFlags({ checkout: 'express', secret: true }, async ({ exposed }) => {
      const response = await flags.handlers.POST(
        new Request('http://shop.test/api/flags', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
          body: JSON.stringify({ keys: ['checkout', 'discount', 'secret'] }),
        }),
      );
      expect(response.status).toBe(204);
      expect(exposed).toEqual(['checkout']);
    });
  });
});
