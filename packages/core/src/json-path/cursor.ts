import { SyntaxFault, ValidityFault } from './faults.ts';

/** Filters, parentheses and function calls inside each other: more than this many are refused. */
export const MAX_NESTING = 50;

const BLANK = /[ \t\n\r]*/y;

/** A place in a text that is being parsed. */
export class Cursor {
  readonly text: string;
  /** In UTF-16 units from the start of the text. */
  position = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.position === this.text.length;
  }

  /** Whether this text comes next. */
  sees(token: string): boolean {
    return this.text.startsWith(token, this.position);
  }

  /** Steps over this text if it comes next. */
  take(token: string): boolean {
    if (!this.sees(token)) return false;
    this.position += token.length;
    return true;
  }

  /** Steps over the next unit, if there is one. */
  takeUnit(): string {
    const unit = this.text.charAt(this.position);
    this.position += unit.length;
    return unit;
  }

  /** Steps over what a sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** @throws SyntaxFault unless this text comes next. */
  expect(token: string): void {
    if (!this.take(token)) this.fail(`expected "${token}"`);
  }

  /** Steps over the blank space of the grammar: spaces, tabs, line feeds, carriage returns. */
  skipBlank(): void {
    this.match(BLANK);
  }

  /** Parses something that may contain more of its own kind. */
  nest<T>(parse: () => T): T {
    this.depth++;
    if (this.depth > MAX_NESTING) {
      throw new ValidityFault(`more than ${MAX_NESTING} filters and parentheses inside each other`);
    }
    const parsed = parse();
    this.depth--;
    return parsed;
  }

  /** @throws SyntaxFault always. */
  fail(message: string, position = this.position): never {
    throw new SyntaxFault(message, position);
  }
}
