import { type Node, type ParsedPattern, someNode } from './ast.ts';
import { Backtracker } from './backtrack.ts';
import type { RegexDialect } from './dialect.ts';
import { type Emitted, emitProgram } from './emit.ts';
import { MAX_BACKTRACKING_STEPS, MAX_MACHINE_SUBJECT, MAX_SWEEP_STEPS } from './limits.ts';
import { StepBudget } from './step-budget.ts';
import { charactersOf, type MatchMode } from './subject.ts';
import { SweptSubject } from './sweep.ts';

/** The answer of a machine. */
export interface MachineRun {
  /** False also when the subject is too long or the steps ran out. */
  readonly matched: boolean;
  /** How many steps it took. */
  readonly steps: number;
}

/** Runs a pattern on a subject. */
export type Machine = (subject: string, mode: MatchMode) => MachineRun;

const REFUSED: MachineRun = Object.freeze({ matched: false, steps: 0 });

/** A machine for a pattern, with a bound on its steps. Its program is made when it first runs. */
export function createMachine({ root, groups }: ParsedPattern, dialect: RegexDialect): Machine {
  const machine = someNode(root, needsBacktracking) ? 'backtrack' : 'sweep';
  let emitted: Emitted | undefined;
  return (subject, mode) => {
    if (subject.length > MAX_MACHINE_SUBJECT) return REFUSED;
    emitted ??= emitProgram(root, { machine, dialect, groups });
    const characters = charactersOf(subject, dialect);
    const sweeps = machine === 'sweep';
    const budget = new StepBudget(sweeps ? MAX_SWEEP_STEPS : MAX_BACKTRACKING_STEPS);
    const matched = sweeps
      ? new SweptSubject(characters, budget).matches(emitted.program, mode)
      : new Backtracker(emitted, characters, budget).matches(mode);
    return { matched: matched && !budget.isExhausted, steps: budget.spent };
  };
}

/** Whether it matters in which way a part matches, not only whether it does. */
function needsBacktracking(node: Node): boolean {
  return node.type === 'backReference' || node.type === 'atomic';
}
