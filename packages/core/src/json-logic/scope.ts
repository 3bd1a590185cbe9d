import { environmentOf } from './environment.ts';
import type { BuildFault } from './fault.ts';
import { literalFrom } from './literal.ts';
import type { Expression, LogicFrame, OperatorCompiler } from './types.ts';

/**
 * One function of the compiled rule: the rule itself, or what an iterator runs per item.
 *
 * json-logic-engine compiles each of them to text with one scratch variable that several operators
 * write and some read after another operand has overwritten it (`==` checks its right side against the
 * scratch variable, not against its left side). Those readings are part of its observable behaviour.
 * Almost always what they read is known when compiling; only where it is not is the function compiled
 * again with `tracked`, so that it keeps the variable in {@link Environment.register}.
 */
export class FunctionScope {
  readonly tracked: boolean;
  /** How many operators so far write the register; tells whether an operand does. */
  assignments = 0;
  wantsTracking = false;
  usesAbove = false;
  usesIndex = false;
  /** Set when the engine's text for this function would not parse. */
  unparsable: BuildFault | undefined;

  constructor(tracked: boolean) {
    this.tracked = tracked;
  }

  get needsEnvironment(): boolean {
    return this.tracked || this.usesAbove || this.usesIndex;
  }
}

/** Where in the rule an operand stands. */
export interface Scope {
  readonly compilation: Compilation;
  readonly fn: FunctionScope;
  /** Whether the data here is the data the whole rule was given. */
  readonly atTop: boolean;
  /** Whether the position in a list is at hand; `lost` inside a function nested in an iterator's. */
  readonly index: 'none' | 'bound' | 'lost';
  /** Whether numbers are converted without checking them (the first two arguments of `try` with `+`). */
  readonly lenient: boolean;
}

/** Compiles an operand. */
export type CompileOperand = (rule: unknown, scope: Scope, path: string) => Part;

/** Compiles the arguments of one operator. */
export type CompileOperator = (args: unknown, scope: Scope, path: string) => Part;

/** What all of one rule's compilation shares; the compilers reach each other through it. */
export interface Compilation {
  readonly operators: ReadonlyMap<string, OperatorCompiler>;
  readonly variable: ((path: string) => Expression | undefined) | undefined;
  /** The bodies of functions known to read the register. */
  readonly trackedBodies: Set<unknown>;
  /** Compiles an operand as the engine's compiled mode evaluates it. */
  readonly inline: CompileOperand;
  /** Compiles an operand as the engine's interpreter evaluates it: within some arguments, and constants. */
  readonly interpret: CompileOperand;
  /** Compiles a lazy operator as the interpreter evaluates it. */
  readonly interpretLazily: (name: string, args: unknown, scope: Scope, path: string) => Part;
  /** Whether a rule always gives the same value, so that it is evaluated while compiling. */
  readonly isDeterministic: (rule: unknown, path: string) => boolean;
  /** Counts one more operator towards the bound on a rule's size. */
  readonly spend: (path: string) => void;
}

/** A compiled operand, and what its surroundings may know about it. */
export interface Part {
  readonly run: Expression;
  /** `literal`: as written; `folded`: evaluated while compiling; `computed`: known only at run time. */
  readonly origin: 'literal' | 'folded' | 'computed';
  /** The value, unless computed. */
  readonly value: unknown;
  /** Always gives true or false. */
  readonly boolean: boolean;
  /** Leaves its own result in the register. */
  readonly leavesResult: boolean;
  /** A list or object written in place. */
  readonly bracketed: boolean;
  /** Set for a conditional that the engine writes without parentheses; see `inline/precedence.ts`. */
  readonly open: Open | undefined;
}

/** A conditional that the engine writes without parentheses. */
export interface Open {
  /** Its anatomy; absent when that needs the register and the function does not keep it. */
  readonly form: OpenForm | undefined;
  /** Whether a guard written after it (`… || []`) would miss a false value of an earlier branch. */
  readonly slipsGuard: boolean;
}

/** `test ? whenTrue : whenFalse`, the test taken apart from the left: `rest(term(head))`. */
export interface OpenForm {
  /** The leftmost operand, which a `+` before the form takes for itself. */
  readonly head: Expression;
  /** What arithmetic follows the head; a `<` before the form takes the outcome for itself. */
  readonly term?: Continuation;
  /** What else follows. */
  readonly rest: Continuation;
  /** The test uses `&&`, which cannot follow `??`. */
  readonly usesAnd: boolean;
  readonly whenTrue: Expression;
  readonly whenFalse: OpenForm | Expression;
}

/** The rest of a test, given the value of what comes before. */
export type Continuation = (value: unknown, data: unknown, frame: LogicFrame) => unknown;

/** Whether a branch of an open form is another one. */
export function isForm(branch: OpenForm | Expression): branch is OpenForm {
  return typeof branch !== 'function';
}

type PartTraits = Partial<Pick<Part, 'boolean' | 'leavesResult' | 'bracketed' | 'open'>>;

/** An operand whose value is known only at run time. */
export function computed(run: Expression, traits: PartTraits = {}): Part {
  return {
    run,
    origin: 'computed',
    value: undefined,
    boolean: traits.boolean === true,
    leavesResult: traits.leavesResult === true,
    bracketed: traits.bracketed === true,
    open: traits.open,
  };
}

/** An operand that is a value as written in the rule. */
export function literal(value: unknown): Part {
  return constant(literalFrom(value), 'literal');
}

/** An operand that was evaluated while compiling. */
export function folded(value: unknown): Part {
  return constant(value === 0 ? 0 : value, 'folded');
}

/** A list written in place, all of whose items are constant. */
export function constantList(items: readonly unknown[]): Part {
  return { ...constant(items, 'literal'), bracketed: true };
}

/** Exactly this value, such as the interpreter has it (minus zero stays minus zero). */
export function exactly(value: unknown): Part {
  return constant(value, 'folded');
}

function constant(value: unknown, origin: 'literal' | 'folded'): Part {
  return {
    run: () => value,
    origin,
    value,
    boolean: typeof value === 'boolean',
    leavesResult: false,
    bracketed: origin === 'literal' && typeof value === 'object' && value !== null,
    open: undefined,
  };
}

export function isConstant(part: Part): boolean {
  return part.origin !== 'computed';
}

/** Whether an operand, evaluated while compiling, gave nothing at all, which the engine cannot write. */
export function isNothing(part: Part): boolean {
  return part.origin === 'folded' && part.value === undefined;
}

/** An operand that leaves its own result in the register. */
export function assigning(scope: Scope, run: Expression, traits: PartTraits = {}): Part {
  scope.fn.assignments++;
  if (!scope.fn.tracked) return computed(run, { ...traits, leavesResult: true });
  return computed(
    (data, frame) => {
      const value = run(data, frame);
      environmentOf(frame).register = value;
      return value;
    },
    { ...traits, leavesResult: true },
  );
}
