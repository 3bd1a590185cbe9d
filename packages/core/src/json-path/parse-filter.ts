import type { Cursor } from './cursor.ts';
import { parseString } from './parse-string.ts';
import type {
  Argument,
  Comparable,
  ComparisonOperator,
  FunctionCall,
  Literal,
  Logical,
  Segment,
} from './query-tree.ts';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[a-z][a-z0-9_]*/y;

/** The longer ones first: `<` begins `<=`. */
const OPERATORS: readonly ComparisonOperator[] = ['==', '!=', '<=', '>=', '<', '>'];

const KEYWORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Parses the expression of a filter selector (RFC 9535, section 2.3.5). */
export class FilterParser {
  private readonly cursor: Cursor;
  private readonly parseSegments: (cursor: Cursor) => Segment[];

  /** @param parseSegments Parses what follows the `@` or `$` of a query inside the filter. */
  constructor(cursor: Cursor, parseSegments: (cursor: Cursor) => Segment[]) {
    this.cursor = cursor;
    this.parseSegments = parseSegments;
  }

  /**
   * @throws SyntaxFault when no filter expression comes next.
   * @throws ValidityFault when it is nested too deep.
   */
  parse(): Logical {
    return this.logical(() => this.disjunction());
  }

  private disjunction(): Argument {
    return this.chain('or', '||', () => this.conjunction());
  }

  private conjunction(): Argument {
    return this.chain('and', '&&', () => this.basic());
  }

  /** One operand by itself, or several with an operator between them. */
  private chain(kind: 'or' | 'and', operator: string, parseOperand: () => Argument): Argument {
    const start = this.cursor.position;
    const first = parseOperand();
    if (!this.takeAfterBlank(operator)) return first;
    const operands = [this.asLogical(first, start)];
    do {
      this.cursor.skipBlank();
      operands.push(this.logical(parseOperand));
    } while (this.takeAfterBlank(operator));
    return { kind, operands };
  }

  private logical(parse: () => Argument): Logical {
    const start = this.cursor.position;
    return this.asLogical(parse(), start);
  }

  private asLogical(parsed: Argument, start: number): Logical {
    if (parsed.kind !== 'literal') return parsed;
    return this.cursor.fail('a literal is no condition; compare it with something', start);
  }

  private basic(): Argument {
    if (this.cursor.take('!')) return this.negation();
    if (this.cursor.sees('(')) return this.group();
    const left = this.comparable();
    const operator = OPERATORS.find((candidate) => this.takeAfterBlank(candidate));
    if (operator === undefined) return left;
    this.cursor.skipBlank();
    return { kind: 'comparison', operator, left, right: this.comparable() };
  }

  /** A comparison can only be negated within parentheses. */
  private negation(): Logical {
    this.cursor.skipBlank();
    const operand = this.cursor.sees('(') ? this.group() : this.logical(() => this.comparable());
    return { kind: 'not', operand };
  }

  private group(): Logical {
    return this.cursor.nest(() => {
      this.cursor.expect('(');
      this.cursor.skipBlank();
      const operand = this.parse();
      this.cursor.skipBlank();
      this.cursor.expect(')');
      return { kind: 'group', operand };
    });
  }

  private comparable(): Comparable {
    const { cursor } = this;
    if (cursor.take('@')) return this.query('@');
    if (cursor.take('$')) return this.query('$');
    const text = parseString(cursor);
    if (text !== undefined) return { kind: 'literal', value: text };
    const number = cursor.match(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    return this.word();
  }

  private query(origin: '$' | '@'): Comparable {
    return { kind: 'query', origin, segments: this.parseSegments(this.cursor) };
  }

  private word(): Literal | FunctionCall {
    const { cursor } = this;
    const start = cursor.position;
    const word = cursor.match(WORD);
    if (word !== undefined && cursor.sees('(')) return this.call(word);
    const value = KEYWORDS.get(word ?? '');
    if (value === undefined) {
      return cursor.fail('expected a query, a literal, a function or "("', start);
    }
    return { kind: 'literal', value };
  }

  private call(name: string): FunctionCall {
    const { cursor } = this;
    return cursor.nest(() => {
      const args: Argument[] = [];
      cursor.expect('(');
      cursor.skipBlank();
      if (cursor.take(')')) return { kind: 'call', name, args };
      do {
        cursor.skipBlank();
        args.push(this.disjunction());
        cursor.skipBlank();
      } while (cursor.take(','));
      if (!cursor.take(')')) cursor.fail('expected "," or ")"');
      return { kind: 'call', name, args };
    });
  }

  private takeAfterBlank(token: string): boolean {
    this.cursor.skipBlank();
    return this.cursor.take(token);
  }
}
