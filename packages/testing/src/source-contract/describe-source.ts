import { createSnapshot } from '@halyard/core';
import type { Case, ContractCase, SourceContract, Subject, TestRunner } from './contract.ts';
import { DEFINITION_CASES } from './definition-cases.ts';
import { OUTCOME_CASES } from './outcome-cases.ts';
import { READ_CASES } from './read-cases.ts';
import { STATE_CASES } from './state-cases.ts';

const CASES: Readonly<Record<ContractCase, Case>> = {
  ...READ_CASES,
  ...STATE_CASES,
  ...OUTCOME_CASES,
  ...DEFINITION_CASES,
};

/**
 * Declares the tests that every backend must pass, over the backend's own fixtures. `runner` holds
 * vitest's functions: `describeSource({ describe, it, expect }, { … })`.
 */
export function describeSource<Definitions>(
  runner: TestRunner,
  contract: SourceContract<Definitions>,
): void {
  const { describe, it, expect } = runner;
  const { doesNotApply = {} } = contract;
  describe(`the source contract, for ${contract.source.name}`, () => {
    it('has contexts to tell apart and flags to read', () => {
      expect(contract.contexts.length).toBeGreaterThan(1);
      expect(contract.source.compile(contract.definitions).flagKeys).not.toEqual([]);
    });
    for (const [name, { title, check }] of Object.entries(CASES) as [ContractCase, Case][]) {
      const reason = doesNotApply[name];
      if (reason === undefined) it(title, () => check(subjectOf(contract, expect)));
      else {
        // Stays visible in the report, and an exception without a reason fails.
        it(`does not apply: ${title} (${reason})`, () => expect(reason.trim()).not.toBe(''));
      }
    }
  });
}

function subjectOf<Definitions>(
  contract: SourceContract<Definitions>,
  expect: TestRunner['expect'],
): Subject<Definitions> {
  const now = contract.now ?? Date.UTC(2026, 0, 1);
  const compile = () => contract.source.compile(contract.definitions);
  return {
    ...contract,
    // Copies, so that a backend that writes into a context is found out and confuses no other case.
    contexts: structuredClone(contract.contexts),
    reads: structuredClone(contract.reads),
    now,
    expect,
    compile,
    snapshot: (context) => createSnapshot(compile(), context, { now }),
  };
}
