/**
 * A compiled JSONPath query. Its functions never throw and never hang, whatever the data is: they find
 * no node when they would have to visit more than 100,000 of them, to go deeper than 200 levels for
 * `..`, or to work for more than about a second in its filters.
 */
export interface JsonPathQuery {
  readonly kind: 'query';
  /**
   * The value of the first node the query finds in `root`; undefined when it finds none. Looks no
   * further than that node.
   */
  readonly first: (root: unknown) => unknown;
  /** The values of all nodes the query finds in `root`, in order. */
  readonly all: (root: unknown) => unknown[];
  /** The name the query begins with: `identity` of `$.identity.traits.x`; undefined for anything else. */
  readonly firstMember: string | undefined;
  /**
   * The whole path of a query that is nothing but member names and indexes from the start of an array;
   * undefined for anything else. A name leads into objects only, an index into arrays only.
   */
  readonly path: readonly (string | number)[] | undefined;
}

/** The text is not JSONPath. */
export interface JsonPathSyntaxError {
  readonly kind: 'syntax-error';
  /** What was expected. */
  readonly message: string;
  /** Where in the text, in UTF-16 units from its start. */
  readonly position: number;
}

/**
 * The text follows the grammar and is no valid query all the same: an unknown function, arguments of
 * the wrong type or number, a comparison of many nodes, an integer beyond ±(2^53-1), a text too long
 * or nested too deep.
 */
export interface InvalidJsonPath {
  readonly kind: 'invalid';
  /** What is wrong. */
  readonly message: string;
}

/** What compiling a query came to. */
export type JsonPathResult = JsonPathQuery | JsonPathSyntaxError | InvalidJsonPath;
