import { Writable } from 'node:stream';
import type { FlagsBootstrap } from '@halyard/core';
import { FlagsProvider } from '@halyard/react';
import {
  OpenFeature,
  OpenFeatureProvider,
  useBooleanFlagValue,
  useFlag,
  useNumberFlagDetails,
  useObjectFlagValue,
} from '@openfeature/react-sdk';
import { type ComponentType, type ReactNode, Suspense, use } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { HalyardWebProvider } from '../web/index.ts';
import { OpenFeatureFlags } from './index.ts';

const VISITORS = 50;
const RENDERS = process.env.HALYARD_SOAK === '1' ? 5000 : 500;

function valuesOf(visitor: number): FlagsBootstrap {
  return bootstrapOf({
    even: visitor % 2 === 0,
    name: `visitor-${visitor}`,
    number: visitor + 1,
    object: { visitor },
  });
}

/** What one reader must see of a visitor; a default would show as well as another visitor would. */
function sightOf(visitor: number): string {
  return [visitor % 2 === 0, `visitor-${visitor}`, visitor + 1, visitor].join();
}

function Reader() {
  const even = useBooleanFlagValue('even', false);
  const name = useFlag('name', 'nobody').value;
  const number = useNumberFlagDetails('number', 0).value;
  const { visitor } = useObjectFlagValue<{ visitor: number }>('object', { visitor: -1 });
  return <i>{`[${[even, name, number, visitor].join()}]`}</i>;
}

function Late({ after, children }: { after: Promise<void>; children: ReactNode }) {
  use(after);
  return children;
}

interface Turns {
  readonly early: Promise<void>;
  readonly late: Promise<void>;
}

function Page({ early, late }: Turns) {
  return (
    <main>
      <Reader />
      <Suspense fallback={<Reader />}>
        <Late after={early}>
          <Reader />
          <Suspense fallback={<Reader />}>
            <Late after={late}>
              <Reader />
            </Late>
          </Suspense>
        </Late>
      </Suspense>
    </main>
  );
}

type FlagsInput = FlagsBootstrap | Promise<FlagsBootstrap>;
type Bridge = ComponentType<{
  readonly visitor: number;
  readonly input: FlagsInput;
  readonly children: ReactNode;
}>;

const HalyardBridge: Bridge = ({ input, children }) => (
  <FlagsProvider value={input}>
    <OpenFeatureFlags>{children}</OpenFeatureFlags>
  </FlagsProvider>
);

/** What the bridge must never do: a provider of the shared API, set while rendering. */
const SharedBridge: Bridge = ({ visitor, children }) => {
  OpenFeature.setProvider('shared', new HalyardWebProvider(valuesOf(visitor)));
  return <OpenFeatureProvider domain="shared">{children}</OpenFeatureProvider>;
};

/** Half of the visitors' values are on their way when the render starts. */
function inputOf(visitor: number): FlagsInput {
  const values = valuesOf(visitor);
  return visitor % 4 < 2 ? values : turn(visitor % 3).then(() => values);
}

let inFlight = 0;
let mostInFlight = 0;

async function render(BridgeOf: Bridge, visitor: number): Promise<string> {
  inFlight++;
  mostInFlight = Math.max(mostInFlight, inFlight);
  const input = inputOf(visitor);
  const turns = { early: turn(visitor % 7), late: turn(8 + (visitor % 5)) };
  const html = await new Promise<string>((resolve, reject) => {
    let text = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    sink.on('finish', () => resolve(text));
    const stream = renderToPipeableStream(
      <Suspense fallback={null}>
        <BridgeOf visitor={visitor} input={input}>
          <Page {...turns} />
        </BridgeOf>
      </Suspense>,
      { onShellReady: () => stream.pipe(sink), onError: reject },
    );
  });
  inFlight--;
  return html;
}

/** Some turns of the event loop later. */
async function turn(count: number): Promise<void> {
  for (let i = 0; i <= count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Renders for all visitors in turn, all at once; how many sights were of somebody else. */
async function countForeignSights(bridge: Bridge): Promise<{ sights: number; foreign: number }> {
  const visitors = Array.from({ length: RENDERS }, (_, i) => i % VISITORS);
  const pages = await Promise.all(visitors.map((visitor) => render(bridge, visitor)));
  const sights = pages.flatMap((html, i) =>
    [...html.matchAll(/<i>\[(.*?)\]<\/i>/g)].map((match) => [visitors[i] ?? -1, match[1]] as const),
  );
  const foreign = sights.filter(([visitor, sight]) => sight !== sightOf(visitor));
  return { sights: sights.length, foreign: foreign.length };
}

/** What the shared API holds per domain, by its own fields. */
function domainsHeld(): number {
  const api = OpenFeature as unknown as Record<string, Map<unknown, unknown>>;
  return ['_domainScopedProviders', '_domainScopedContext', '_clientEvents'].reduce(
    (count, field) => count + (api[field]?.size ?? Number.NaN),
    0,
  );
}

afterEach(() => OpenFeature.clearProviders());

describe(`${RENDERS} interleaved server renders of ${VISITORS} visitors`, {
  timeout: 120_000,
}, () => {
  it('show nobody a value of somebody else, late Suspense boundaries included', async () => {
    const { sights, foreign } = await countForeignSights(HalyardBridge);
    expect(foreign).toBe(0);
    expect(sights).toBeGreaterThanOrEqual(3 * RENDERS);
    expect(mostInFlight).toBeGreaterThan(VISITORS);
  });

  it('leave nothing behind in the API that the process shares', async () => {
    const before = domainsHeld();
    await countForeignSights(HalyardBridge);
    expect(domainsHeld()).toBe(before);
  });

  it('would be seen to mix visitors up through one shared domain', async () => {
    const before = domainsHeld();
    const { foreign } = await countForeignSights(SharedBridge);
    expect(foreign).toBeGreaterThan(RENDERS);
    expect(domainsHeld()).toBeGreaterThan(before);
  });
});
