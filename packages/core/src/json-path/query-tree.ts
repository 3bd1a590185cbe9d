/** A query as written: `$` or `@`, and the segments after it. */
export interface QueryNode {
  readonly kind: 'query';
  /** `$` starts at the root, `@` at the item a filter is looking at. */
  readonly origin: '$' | '@';
  readonly segments: readonly Segment[];
}

/** `.name`, `[…]`, or with `descendant` the same after two dots. */
export interface Segment {
  readonly descendant: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard' }
  | SliceSelector
  | { readonly kind: 'filter'; readonly test: Logical };

/** `start:end:step`; what is not written is undefined. */
export interface SliceSelector {
  readonly kind: 'slice';
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number | undefined;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

export interface FunctionCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
}

export type ComparisonOperator = '==' | '!=' | '<=' | '>=' | '<' | '>';

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Comparable;
  readonly right: Comparable;
}

/** What may stand beside a comparison operator. */
export type Comparable = Literal | QueryNode | FunctionCall;

/** What is true or false: a query asks whether there is such a node. */
export type Logical =
  | { readonly kind: 'or' | 'and'; readonly operands: readonly Logical[] }
  | { readonly kind: 'not' | 'group'; readonly operand: Logical }
  | Comparison
  | QueryNode
  | FunctionCall;

/** What may be handed to a function. */
export type Argument = Literal | Logical;

/** Names and indexes that lead to at most one node. */
export type SingularPath = readonly (string | number)[];

/** The steps of a query that can find at most one node; undefined for one that may find several. */
export function singularPathOf(query: QueryNode): SingularPath | undefined {
  const path: (string | number)[] = [];
  for (const { descendant, selectors } of query.segments) {
    const [selector] = selectors;
    if (descendant || selectors.length !== 1) return undefined;
    if (selector?.kind === 'name') path.push(selector.name);
    else if (selector?.kind === 'index') path.push(selector.index);
    else return undefined;
  }
  return path;
}
