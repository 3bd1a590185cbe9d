import { type ReactNode, Suspense } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { streamHtml } from '../fixtures/html-stream.ts';
import { deferred, mapOf } from '../fixtures/maps.ts';
import { Expose, Flag, FlagsProvider, useFlag, useFlags, useFlagValue } from './index.ts';

function Color() {
  const { value, reason } = useFlag('color', 'gray');
  return <b>{`${value} ${reason}`}</b>;
}

function Price() {
  return useFlagValue('price', 0);
}

function All() {
  return <code>{JSON.stringify(useFlags())}</code>;
}

function Page({ children }: { children: ReactNode }) {
  return (
    <main>
      <nav>shop</nav>
      <Suspense fallback={<i>loading</i>}>{children}</Suspense>
    </main>
  );
}

describe('the HTML of the first paint', () => {
  it('holds the value that the server decided', () => {
    const html = renderToString(
      <FlagsProvider value={mapOf({ color: 'red' })}>
        <Color />
      </FlagsProvider>,
    );
    expect(html).toBe('<b>red TARGETING_MATCH</b>');
  });

  it('holds what every reader shows, and no effect has run', () => {
    const html = renderToString(
      <FlagsProvider value={mapOf({ price: 9, sale: true })}>
        <Price />
        <Flag flagKey="sale">sale!</Flag>
        <Expose flags={['sale']} />
        <All />
      </FlagsProvider>,
    );
    expect(html).toContain('9');
    expect(html).toContain('sale!');
    expect(html).toContain('{&quot;price&quot;:9,&quot;sale&quot;:true}');
  });

  it('holds the defaults without a provider', () => {
    expect(renderToString(<Color />)).toBe('<b>gray ERROR</b>');
  });
});

describe('a promise of the values', () => {
  it('keeps the shell static: only the reader waits, and streams in', async () => {
    const { promise, resolve } = deferred<ReturnType<typeof mapOf>>();
    const stream = streamHtml(
      <FlagsProvider value={promise}>
        <Page>
          <Color />
        </Page>
      </FlagsProvider>,
    );
    expect(await stream.shell).toMatch(/<nav>shop<\/nav>.*<i>loading<\/i>/);
    expect(stream.html).not.toContain('<b>');
    resolve(mapOf({ color: 'red' }));
    expect(await stream.complete).toContain('<b>red TARGETING_MATCH</b>');
    expect(stream.errors).toEqual([]);
  });

  it('ends in the defaults when it is rejected, without an error boundary', async () => {
    const stream = streamHtml(
      <FlagsProvider value={Promise.reject(new Error('down'))}>
        <Page>
          <Color />
        </Page>
      </FlagsProvider>,
    );
    expect(await stream.complete).toContain('<b>gray ERROR</b>');
    expect(stream.errors).toEqual([]);
  });

  it('is waited for by the whole page when there is no boundary', async () => {
    const { promise, resolve } = deferred<ReturnType<typeof mapOf>>();
    const stream = streamHtml(
      <FlagsProvider value={promise}>
        <Color />
      </FlagsProvider>,
    );
    resolve(mapOf({ color: 'red' }));
    expect(await stream.shell).toBe('<b>red TARGETING_MATCH</b>');
  });
});

describe('renders at the same time', () => {
  it('never see each other: 200 visitors, late boundaries, mixed promises and maps', async () => {
    const visitors = Array.from({ length: 200 }, (_, i) => `visitor-${i}`);
    const gates = visitors.map(() => deferred<ReturnType<typeof mapOf>>());
    const streams = visitors.map((visitor, i) =>
      streamHtml(
        <FlagsProvider
          value={i % 3 === 0 ? mapOf({ color: visitor }) : (gates[i]?.promise as never)}
        >
          <Page>
            <Color />
          </Page>
        </FlagsProvider>,
      ),
    );
    await Promise.all(streams.map(({ shell }) => shell));
    for (const [i, visitor] of [...visitors.entries()].reverse()) {
      gates[i]?.resolve(mapOf({ color: visitor }));
    }
    const pages = await Promise.all(streams.map(({ complete }) => complete));
    const foreign = pages.filter((html, i) => {
      const seen = html.match(/visitor-\d+/g) ?? [];
      return seen.length === 0 || seen.some((visitor) => visitor !== visitors[i]);
    });
    expect(foreign).toEqual([]);
  });
});
