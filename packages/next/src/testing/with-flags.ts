import { AsyncLocalStorage } from 'node:async_hooks';
import { type FlagOverrides, HalyardError, isJsonObject } from '@halyard/core';
import { type TestFlags, testResolutions } from '@halyard/core/test-flags';
import { type OverrideCookieOptions, overrideCookie } from '../overrides/override-cookie.ts';
import { processSlot } from '../process/process-slot.ts';
import { type ServedFlags, servedFlags } from '../request/served-flags.ts';
import type { Settings } from '../settings.ts';
import { type FlagRecords, Recorder } from './records.ts';
import type { TestScope } from './seam.ts';
import { SILENT, testClient } from './test-client.ts';
import { testSource } from './test-source.ts';

/** The flags of one test, and what became of them. Made by {@link withFlags}. */
export interface FlagsKit extends FlagRecords {
  /**
   * Runs code with these flags: whatever it calls and awaits, in any number of modules, but nothing that
   * runs beside it. Returns what the code returns. May be called again.
   */
  run<T>(test: () => T): T;
  /** Props for `<TestFlagsProvider>` of `@halyard/react/testing`: the same flags and records for hooks. */
  readonly provider: {
    readonly flags: TestFlags;
    readonly onRead: (key: string) => void;
    readonly onExpose: (key: string) => void;
  };
  /**
   * A cookie with which an application that runs elsewhere shows these flags to a browser, for Playwright's
   * `context.addCookies([…])`: see the option `overrides` of `createFlags`. The application knows its flags,
   * and ignores what they cannot come out as. What happens there is not in the records. Throws a
   * HalyardError INVALID_OPTION when an option is wrong.
   */
  cookie(options: TestCookieOptions): TestCookie;
}

/** Options of {@link FlagsKit.cookie}. */
export interface TestCookieOptions extends Omit<OverrideCookieOptions, 'overrides'> {
  /** Where the application runs, such as `http://localhost:3000`. */
  readonly url: string;
}

/** What Playwright's `context.addCookies` takes. */
export interface TestCookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
}

/**
 * Runs code with the flags that a test states, in place of the application's backend: `get`, `details`,
 * `all`, `explain`, `hydrate`, `handlers` and `client` of whatever `createFlags` returns answer with
 * them. Needs no Next, no request and no network; `identify` is not asked. A flag that is not given
 * leaves its reader the default, and is listed in `missing`.
 *
 * ```ts
 * await withFlags({ 'new-checkout': true }, async ({ exposed }) => {
 *   const response = await GET(new Request('http://shop.test/api/price'));
 *   expect(await response.json()).toEqual({ checkout: 'new' });
 *   expect(exposed).toEqual(['new-checkout']);
 * });
 * ```
 *
 * Without a function, returns the kit, for tests that begin in one place and end in another. Throws a
 * HalyardError INVALID_OPTION when the flags are no object.
 */
export function withFlags(flags: TestFlags): FlagsKit;
export function withFlags<T>(flags: TestFlags, test: (kit: FlagsKit) => T): T;
export function withFlags<T>(flags: TestFlags, test?: (kit: FlagsKit) => T): FlagsKit | T {
  if (!isJsonObject(flags)) {
    throw new HalyardError(
      'testing',
      'INVALID_OPTION',
      "withFlags() needs the flags as an object, such as { 'new-checkout': true }. Give an empty one for defaults only.",
    );
  }
  const kit = createKit(flags);
  return test === undefined ? kit : kit.run(() => test(kit));
}

function createKit(flags: TestFlags): FlagsKit {
  const recorder = new Recorder(testResolutions(flags));
  const scope = testScope(flags, recorder);
  return {
    read: recorder.read,
    exposed: recorder.exposed,
    missing: recorder.missing,
    mistyped: recorder.mistyped,
    unread: recorder.unread,
    tracked: recorder.tracked,
    run(test) {
      const slot = processSlot();
      slot.tests ??= new AsyncLocalStorage();
      return slot.tests.run(scope, test);
    },
    provider: {
      flags,
      onRead: (key) => recorder.noteRead(key),
      onExpose: (key) => recorder.noteExposed(key),
    },
    cookie: ({ url, ...options }) => ({
      ...overrideCookie({ ...options, overrides: choicesOf(flags) }),
      url,
    }),
  };
}

/** Where a test names a variant, that is what is to be shown; else the value. */
function choicesOf(flags: TestFlags): FlagOverrides {
  const resolutions = [...testResolutions(flags)];
  return Object.fromEntries(
    resolutions.map(([key, { value, variant }]) => [
      key,
      variant === undefined ? value : { variant },
    ]),
  ) as FlagOverrides;
}

/** One stand-in per application, since what an application lets into the browser is its own. */
function testScope(flags: TestFlags, recorder: Recorder): TestScope {
  const served = new WeakMap<Settings, ServedFlags>();
  return {
    flagsOf(settings) {
      const known = served.get(settings) ?? statedFlags(settings, { flags, recorder });
      served.set(settings, known);
      return known;
    },
  };
}

function statedFlags(
  settings: Settings,
  { flags, recorder }: { readonly flags: TestFlags; readonly recorder: Recorder },
): ServedFlags {
  const source = testSource(flags, settings.clientOptions.source);
  const client = testClient(source, recorder);
  const exposures = { add: (key: string) => recorder.noteExposed(key) };
  return servedFlags(
    { ...settings, clientOptions: { ...settings.clientOptions, source }, logger: SILENT },
    {
      client: () => client,
      currentVisit: async () => {
        await client.ready();
        return { snapshot: client.snapshot(), exposures };
      },
    },
  );
}
