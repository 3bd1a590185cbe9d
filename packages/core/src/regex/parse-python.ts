import { choiceOf, type Node, type ParsedPattern, sequenceOf } from './ast.ts';
import { WORD } from './character-set.ts';
import { PatternReader } from './pattern-reader.ts';
import { seesThreeOctalDigits, takePythonCharacter, takePythonOctal } from './python-escapes.ts';
import {
  changedFlags,
  type FlagChange,
  incompatible,
  type PythonFlags,
  takeFlagChange,
} from './python-flags.ts';
import { PythonGroups } from './python-groups.ts';
import {
  parsePythonClass,
  pythonClassEscape,
  pythonDot,
  pythonFolding,
  pythonSet,
} from './python-sets.ts';
import { takeCount } from './quantifier.ts';

const VERBOSE_SPACE = /^[ \t\n\r\v\f]$/;

/** What stands before a quantifier, which decides whether it may. */
type Last = 'nothing' | 'position' | 'part' | 'repeat';

/**
 * Parses a pattern as `re.compile` of CPython 3.11 to 3.13 does for text: in code points, with inline
 * flags, possessive quantifiers and atomic groups. Conditional groups and named characters are not
 * supported. `\d`, `\w` and `\b` know ASCII only, and `\s` is that of ECMAScript.
 *
 * @throws PatternError when it is none.
 */
export function parsePython(pattern: string, ignoreCase: boolean): ParsedPattern {
  return new PythonParser(pattern, ignoreCase).parse();
}

class PythonParser {
  readonly #reader: PatternReader;
  readonly #groups: PythonGroups;
  #flags: PythonFlags;
  #unicodeFlag = false;

  constructor(pattern: string, ignoreCase: boolean) {
    this.#reader = new PatternReader(Array.from(pattern));
    this.#groups = new PythonGroups(this.#reader);
    this.#flags = { ignoreCase, multiLine: false, dotAll: false, verbose: false, ascii: false };
  }

  parse(): ParsedPattern {
    this.#takePatternFlags();
    const root = this.#choice();
    if (!this.#reader.atEnd) throw this.#reader.error('unmatched ")"');
    return { root, groups: this.#groups.count };
  }

  /** Flags for the whole pattern may stand only before everything else. */
  #takePatternFlags(): void {
    const reader = this.#reader;
    for (;;) {
      this.#skipIgnored();
      const start = reader.position;
      const change = reader.eat('(?') ? takeFlagChange(reader) : undefined;
      if (change?.scope !== 'pattern') {
        reader.position = start;
        return;
      }
      this.#unicodeFlag ||= change.on.includes('u');
      this.#flags = changedFlags(this.#flags, { ...change, on: change.on.replaceAll('u', '') });
      if (this.#unicodeFlag && this.#flags.ascii) throw incompatible(reader);
    }
  }

  #choice(): Node {
    const options = [this.#sequence()];
    while (this.#reader.eat('|')) options.push(this.#sequence());
    return choiceOf(options);
  }

  #sequence(): Node {
    const parts: Node[] = [];
    let last: Last = 'nothing';
    for (;;) {
      this.#skipIgnored();
      const reader = this.#reader;
      if (reader.atEnd || reader.sees('|') || reader.sees(')')) return sequenceOf(parts);
      const repeat = this.#repeat(parts.at(-1), last);
      if (repeat === undefined) {
        const isGroup = reader.sees('(');
        const part = this.#atom();
        last = isGroup || !isPosition(part) ? 'part' : 'position';
        parts.push(part);
      } else {
        last = 'repeat';
        parts[parts.length - 1] = repeat;
      }
    }
  }

  /** Skips comments and, with flag `x`, white space. */
  #skipIgnored(): void {
    const reader = this.#reader;
    for (;;) {
      const start = reader.position;
      if (reader.eat('(?#')) {
        if (!this.#skipPast(')')) throw reader.error('missing ")" for a comment', start);
      } else if (this.#flags.verbose && reader.eat('#')) {
        this.#skipPast('\n');
      } else if (this.#flags.verbose) {
        reader.takeWhile(VERBOSE_SPACE);
      }
      if (reader.position === start) return;
    }
  }

  /** Skips to behind this character. A backslash hides the one after it even in comments. */
  #skipPast(end: string): boolean {
    const reader = this.#reader;
    while (!reader.atEnd) {
      const character = reader.next();
      if (character === end) return true;
      if (character === '\\' && reader.next() === '') throw reader.error('nothing after "\\"');
    }
    return false;
  }

  /** Takes a quantifier, if one is ahead, and gives the part before it repeated. */
  #repeat(body: Node | undefined, last: Last): Node | undefined {
    const reader = this.#reader;
    const start = reader.position;
    const count = takeCount(reader, false);
    if (count === undefined) return undefined;
    if (last === 'repeat') throw reader.error('a quantifier on a quantifier', start);
    if (body === undefined || last !== 'part') throw reader.error('nothing to repeat', start);
    const lazy = reader.eat('?');
    const node: Node = { type: 'repeat', body, ...count, lazy };
    return !lazy && reader.eat('+') ? { type: 'atomic', body: node } : node;
  }

  #atom(): Node {
    const reader = this.#reader;
    const character = reader.next();
    const { multiLine } = this.#flags;
    if (character === '^') return { type: 'position', kind: multiLine ? 'lineStart' : 'start' };
    if (character === '$') {
      return { type: 'position', kind: multiLine ? 'lineEnd' : 'endOrFinalNewline' };
    }
    if (character === '(') return reader.nested(() => this.#group());
    if (character === '.') return { type: 'set', set: pythonDot(this.#flags) };
    if (character === '[') return { type: 'set', set: parsePythonClass(reader, this.#flags) };
    if (character === '\\') return this.#escape();
    return this.#literal(character.codePointAt(0) ?? 0);
  }

  #group(): Node {
    const reader = this.#reader;
    const start = reader.position - 1;
    const before = this.#flags;
    const node = this.#groupAhead();
    this.#flags = before;
    if (!reader.eat(')')) throw reader.error('missing ")" for the group', start);
    if (node.type === 'group') this.#groups.close(node.index, node.body);
    return node;
  }

  #groupAhead(): Node {
    const reader = this.#reader;
    if (!reader.eat('?')) return this.#capture();
    if (reader.eat(':')) return this.#choice();
    if (reader.eat('>')) return { type: 'atomic', body: this.#choice() };
    if (reader.eat('=')) return this.#lookahead(false);
    if (reader.eat('!')) return this.#lookahead(true);
    if (reader.eat('<=')) return this.#lookbehind(false);
    if (reader.eat('<!')) return this.#lookbehind(true);
    if (reader.eat('P<')) return this.#capture(this.#groups.takeName('>'));
    if (reader.eat('P=')) return this.#namedReference();
    if (reader.sees('(')) throw reader.error('conditional groups are not supported');
    const change = takeFlagChange(reader);
    if (change === undefined) throw reader.error('unknown kind of group');
    return this.#flaggedGroup(change);
  }

  #capture(name?: string): Node {
    const index = this.#groups.open(name);
    return { type: 'group', index, body: this.#choice() };
  }

  #flaggedGroup(change: FlagChange): Node {
    if (change.scope === 'pattern') {
      throw this.#reader.error('flags for the whole pattern that are not at its beginning');
    }
    this.#flags = changedFlags(this.#flags, change);
    return this.#choice();
  }

  #lookahead(negated: boolean): Node {
    return { type: 'look', behind: undefined, negated, body: this.#choice() };
  }

  #lookbehind(negated: boolean): Node {
    const { body, width } = this.#groups.lookbehind(() => this.#choice());
    return { type: 'look', behind: { width }, negated, body };
  }

  /** Takes the name up to the parenthesis, which the group takes. */
  #namedReference(): Node {
    const name = this.#groups.takeName(')');
    this.#reader.position--;
    return this.#reference(this.#groups.numberOf(name));
  }

  #reference(group: number): Node {
    this.#groups.requireComplete(group);
    return { type: 'backReference', group, folding: pythonFolding(this.#flags) };
  }

  #escape(): Node {
    const reader = this.#reader;
    if (reader.eat('A')) return { type: 'position', kind: 'start' };
    if (reader.eat('Z')) return { type: 'position', kind: 'end' };
    if (reader.eat('b')) return this.#boundary(false);
    if (reader.eat('B')) return this.#boundary(true);
    const ranges = pythonClassEscape(reader, this.#flags);
    if (ranges !== undefined) return { type: 'set', set: pythonSet(ranges, false, this.#flags) };
    const octal = this.#octal();
    if (octal !== undefined) return this.#literal(octal);
    const digits = reader.takeWhile(/^[0-9]$/, 2);
    return digits === '' ? this.#literal(takePythonCharacter(reader)) : this.#reference(+digits);
  }

  /** A zero begins an octal escape, and three octal digits are one; other digits name a group. */
  #octal(): number | undefined {
    const isOctal = this.#reader.sees('0') || seesThreeOctalDigits(this.#reader);
    return isOctal ? takePythonOctal(this.#reader, 3) : undefined;
  }

  #boundary(negated: boolean): Node {
    const word = pythonSet(WORD, false, this.#flags);
    return { type: 'boundary', negated, word, needsText: true };
  }

  #literal(code: number): Node {
    return { type: 'set', set: pythonSet([[code, code]], false, this.#flags) };
  }
}

function isPosition(node: Node): boolean {
  return node.type === 'position' || node.type === 'boundary';
}
