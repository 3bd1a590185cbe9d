import type { Mode } from '../harness/modes.ts';

/**
 * Who counts a flag, and so when it counts. `server`: when a document that holds it has arrived whole.
 * `browser`: when what shows it is mounted. `both`: in either case, once. `nobody`: never.
 */
export type Counter = 'server' | 'browser' | 'both' | 'nobody';

/** A page, and the flags that are read for it. */
export interface PageSpec {
  readonly path: string;
  /** How the page that one gets to see marks itself: another's, where this one is never shown. */
  readonly shown: string;
  readonly flags: Readonly<Record<string, Counter>>;
  /** Cookies, links, hovering and the like are tried on these; on the others navigations only. */
  readonly isTriedInEveryWay?: boolean;
  /** Which mode builds it. Default: all. */
  readonly isOf?: (mode: Mode) => boolean;
}

const isClassic = (mode: Mode) => mode === 'classic';
const isCached = (mode: Mode) => mode !== 'classic';

export const PAGES: readonly PageSpec[] = [
  {
    path: '/page-get',
    shown: 'page-get',
    flags: { 'page-get': 'server' },
    isTriedInEveryWay: true,
  },
  { path: '/layout-get', shown: 'layout-get', flags: { 'layout-get': 'server' } },
  {
    path: '/page-get-and-expose',
    shown: 'page-get-and-expose',
    flags: { 'page-get-and-expose': 'both' },
    isTriedInEveryWay: true,
  },
  { path: '/gate', shown: 'gate', flags: { gate: 'browser' }, isTriedInEveryWay: true },
  { path: '/server-gate', shown: 'server-gate', flags: { 'server-gate': 'server' } },
  {
    path: '/use-flag',
    shown: 'use-flag',
    flags: { 'use-flag': 'browser' },
    isTriedInEveryWay: true,
  },
  {
    path: '/late',
    shown: 'late-half',
    flags: { 'beside-late': 'server', 'late-get': 'server', 'late-gate': 'browser' },
    isTriedInEveryWay: true,
  },
  { path: '/metadata', shown: 'metadata', flags: { metadata: 'server' } },
  {
    path: '/strict',
    shown: 'strict',
    flags: { 'strict-use-flag': 'browser', 'strict-gate': 'browser' },
  },
  {
    path: '/redirecting',
    shown: 'start',
    flags: { 'redirecting-get': 'nobody', 'redirecting-gate': 'nobody' },
  },
  {
    path: '/throwing',
    shown: 'error',
    flags: {
      'throwing-get': 'nobody',
      'throwing-gate': 'nobody',
      // The layout stays, with the error within it.
      'gate-around-throwing': 'browser',
    },
  },
  {
    path: '/missing',
    shown: 'missing-not-found',
    flags: {
      'missing-get': 'nobody',
      'missing-gate': 'nobody',
      'not-found-get': 'nobody',
      // What is shown instead of the page is shown.
      'not-found-gate': 'browser',
    },
  },
  {
    path: '/late-redirect',
    shown: 'start',
    // A document that goes on to redirect is not counted, although its beginning was seen for a moment.
    flags: { 'beside-late-redirect': 'nobody', 'late-redirect-get': 'nobody' },
  },
  {
    path: '/late-throw',
    shown: 'error',
    flags: {
      'beside-late-throw': 'nobody',
      'late-throw-get': 'nobody',
      'late-throw-gate': 'nobody',
    },
  },
  { path: '/proxied', shown: 'proxied', flags: { proxy: 'server' }, isTriedInEveryWay: true },
  {
    path: '/frozen',
    shown: 'frozen',
    flags: { 'static-get': 'nobody', 'static-use-flag': 'browser' },
    isOf: isClassic,
  },
  {
    path: '/frozen',
    shown: 'frozen',
    flags: { 'static-get': 'server', 'static-use-flag': 'browser' },
    isOf: isCached,
  },
  {
    path: '/isr',
    shown: 'isr',
    flags: { 'isr-get': 'nobody', 'isr-use-flag': 'browser' },
    isOf: isClassic,
  },
  { path: '/isr', shown: 'isr', flags: { 'isr-use-flag': 'browser' }, isOf: isCached },
  {
    path: '/precomputed',
    shown: 'precomputed',
    flags: { shade: 'browser', 'precomputed-use-flag': 'browser' },
  },
];
