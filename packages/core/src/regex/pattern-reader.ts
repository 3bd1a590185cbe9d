import { MAX_DEPTH } from './limits.ts';

/** A pattern that does not compile: what is wrong, and where. Never leaves this folder. */
export class PatternError extends Error {
  constructor(what: string, position?: number) {
    super(position === undefined ? what : `${what} at position ${position}`);
    this.name = 'PatternError';
  }
}

const DIGIT = /^[0-9]$/;

/** Reads a pattern character by character. Positions count the characters it was split into. */
export class PatternReader {
  readonly characters: readonly string[];
  position = 0;
  #depth = 0;

  /** @param characters Code points or UTF-16 units, as the dialect counts them. */
  constructor(characters: readonly string[]) {
    this.characters = characters;
  }

  get atEnd(): boolean {
    return this.position >= this.characters.length;
  }

  /** The character ahead, or the one so many further; empty at the end. */
  peek(offset = 0): string {
    return this.characters[this.position + offset] ?? '';
  }

  /** Takes the next character; empty at the end. */
  next(): string {
    const character = this.peek();
    if (character !== '') this.position++;
    return character;
  }

  /** Whether this text is ahead. */
  sees(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.peek(i) !== text[i]) return false;
    return true;
  }

  /** Takes this text if it is ahead. */
  eat(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Takes at most so many characters as long as they are such. */
  takeWhile(such: RegExp, atMost = Number.POSITIVE_INFINITY): string {
    let taken = '';
    while (taken.length < atMost && !this.atEnd && such.test(this.peek())) taken += this.next();
    return taken;
  }

  /** Takes everything before this character, and the character; undefined if it does not come. */
  takeUntil(end: string): string | undefined {
    const at = this.characters.indexOf(end, this.position);
    if (at === -1) return undefined;
    const taken = this.characters.slice(this.position, at).join('');
    this.position = at + 1;
    return taken;
  }

  /** Takes exactly so many hexadecimal digits and gives their value, or takes nothing. */
  takeHex(digits: number): number | undefined {
    const start = this.position;
    const taken = this.takeWhile(/^[0-9a-fA-F]$/, digits);
    if (taken.length === digits) return Number.parseInt(taken, 16);
    this.position = start;
    return undefined;
  }

  /** Takes digits, which may be none. */
  takeDigits(): string {
    return this.takeWhile(DIGIT);
  }

  /** Parses what a group holds, unless groups are nested too deep. */
  nested<T>(parse: () => T): T {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) throw this.error(`more than ${MAX_DEPTH} nested groups`);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  error(what: string, position: number = this.position): PatternError {
    return new PatternError(what, position);
  }
}
