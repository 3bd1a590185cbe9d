import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, type Case, UNKNOWN_KEY } from './fixtures/case.ts';
import {
  CONFORMANCE,
  conformanceCases,
  type Expected,
  type FlagCase,
  hasConformanceData,
} from './fixtures/conformance.ts';
import { adjusted } from './fixtures/exceptions.ts';
import { INCOMPARABLE } from './fixtures/incomparable.ts';
import { askSdk } from './fixtures/oracle.ts';

/** What the SDK says when it is asked as the differential test asks it. */
async function oracleOn(subject: Case, key: string): Promise<Expected | undefined> {
  const answers = await askSdk(adjusted(subject).asked);
  return inWordsOfCases(answers.get(key) ?? answers.get(UNKNOWN_KEY));
}

function inWordsOfCases(answer: Answer | undefined): Expected | undefined {
  if (answer === undefined || answer.kind === 'error') return undefined;
  if (answer.kind === 'fallback') {
    const { kind, reason, message } = answer;
    return message === null ? { kind, reason } : { kind, reason, message };
  }
  const { experimentId, isExperimentActive } = answer;
  return {
    kind: 'variant',
    variant_key: answer.variant,
    variant_value: answer.value,
    is_qa_tester: answer.isQaTester,
    ...(experimentId !== undefined && { experiment_id: experimentId as string }),
    ...(isExperimentActive !== undefined && {
      is_experiment_active: isExperimentActive as boolean,
    }),
  };
}

describe('the oracle of the differential test', () => {
  if (!hasConformanceData()) {
    it(`has no known answers at ${CONFORMANCE}: nothing was checked`, () => {
      console.info(`no Mixpanel cases at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
    });
    return;
  }
  beforeAll(() => {
    // That is what `log` does in a rule.
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  const flagCases = conformanceCases().filter((item): item is FlagCase => item.type === undefined);
  const isComparable = (item: FlagCase) =>
    !INCOMPARABLE.some(({ applies }) => applies(item, item.flag_key));
  const comparable = flagCases.filter(isComparable);

  it('can be asked nearly all of the cases with known answers', () => {
    expect(comparable.length).toBeGreaterThan(0.98 * flagCases.length);
  });

  it.each(comparable.map((item) => [item.name, item] as const))('knows %s', async (_, item) => {
    expect(await oracleOn(item, item.flag_key)).toEqual(item.expected);
  });
});
