import { readFileSync } from 'node:fs';
import type { Exposure } from '@halyard/core';
import { launchBrowser } from '../../../demo/e2e/harness/browser.ts';
import { buildExposuresFile, type Mode } from '../harness/modes.ts';
import { startMode } from '../harness/start-mode.ts';
import { type Journey, travel } from './journey.ts';
import { ACTION_JOURNEYS, ADDRESS_JOURNEYS, HANDLER_JOURNEYS } from './other-journeys.ts';
import { journeysTo } from './page-journeys.ts';
import { PAGES } from './pages.ts';
import { seatIn } from './seat.ts';

/** One flag on one journey in one mode. */
export interface Cell {
  readonly mode: Mode;
  readonly place: string;
  readonly kind: string;
  readonly flag: string;
  /** How often the server read it. */
  readonly reads: number;
  readonly expected: number;
  readonly counted: number;
  /** Why the journey ended early. */
  readonly problem?: string;
}

/** How many visitors are under way at a time. */
const AT_A_TIME = 4;

/** Every journey of a mode. */
export function journeysOf(mode: Mode): readonly Journey[] {
  const pages = PAGES.filter(({ isOf }) => isOf?.(mode) ?? true);
  return [
    ...ADDRESS_JOURNEYS,
    ...HANDLER_JOURNEYS,
    ...ACTION_JOURNEYS,
    ...pages.flatMap(journeysTo),
  ];
}

/** Goes on every journey of a mode, each with a visitor of its own, and counts at the end of all. */
export async function runMode(mode: Mode): Promise<Cell[]> {
  const running = await startMode(mode);
  const browser = await launchBrowser();
  const problems = new Map<Journey, string>();
  const visitorOf = (journey: Journey) => `${mode}-${journeys.indexOf(journey)}`;
  const journeys = journeysOf(mode);
  try {
    const waiting = [...journeys];
    const worker = async () => {
      const seat = seatIn(browser, running.url);
      for (let journey = waiting.shift(); journey; journey = waiting.shift()) {
        try {
          await travel(journey, { running, seat, visitor: visitorOf(journey) });
        } catch (error) {
          problems.set(journey, String(error));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    await running.settled('the last');
    await running.idle();
    const reads = await running.reads();
    const counted = running.exposures();
    const cells = journeys.flatMap((journey) =>
      Object.entries(journey.expected).map(([flag, expected]): Cell => {
        const key = `${visitorOf(journey)} ${flag}`;
        const { place, kind } = journey;
        const problem = problems.get(journey);
        const outcome = { reads: reads.get(key) ?? 0, expected, counted: counted.get(key) ?? 0 };
        return { mode, place, kind, flag, ...outcome, ...(problem && { problem }) };
      }),
    );
    return [...cells, buildCell(mode)];
  } finally {
    await browser.close();
    await running.stop();
  }
}

/** What the build counted, of everything that it rendered. */
function buildCell(mode: Mode): Cell {
  const exposures: Exposure[] = JSON.parse(readFileSync(buildExposuresFile(mode), 'utf8'));
  const counted = exposures.length;
  return { mode, place: 'every page', kind: 'build', flag: 'any', reads: 0, expected: 0, counted };
}
