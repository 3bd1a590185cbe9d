/**
 * How a pattern is read. `python`: `re` of CPython 3 for text. `javascript`: ECMAScript without flags.
 */
export type RegexDialect = 'python' | 'javascript';
