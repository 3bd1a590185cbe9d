import {
  type BoundaryNode,
  choiceOf,
  type LookNode,
  type Node,
  type ParsedPattern,
  sequenceOf,
} from './ast.ts';
import type { Folding } from './case-folding.ts';
import { type CharacterSet, singleton, WORD } from './character-set.ts';
import { classEscape, parseClass, takeCharacterEscape } from './javascript-class.ts';
import { countGroups, type GroupNames } from './javascript-groups.ts';
import { PatternReader } from './pattern-reader.ts';
import { takeCount } from './quantifier.ts';

/** What `.` leaves out. */
const LINE_TERMINATORS = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
] as const;

/**
 * Parses a pattern as `new RegExp(pattern)` does: without flag `u`, in UTF-16 units, with the leniences
 * of ECMAScript's Annex B. Of ES2025, neither modifiers (`(?i:…)`) nor repeated group names.
 *
 * @throws PatternError when it is none.
 */
export function parseJavaScript(pattern: string, ignoreCase: boolean): ParsedPattern {
  return new JavaScriptParser(pattern, ignoreCase ? 'upper' : 'none').parse();
}

class JavaScriptParser {
  readonly #reader: PatternReader;
  readonly #folding: Folding;
  readonly #groups: GroupNames;
  #opened = 0;

  constructor(pattern: string, folding: Folding) {
    this.#reader = new PatternReader(pattern.split(''));
    this.#folding = folding;
    this.#groups = countGroups(pattern);
  }

  parse(): ParsedPattern {
    const root = this.#choice();
    if (!this.#reader.atEnd) throw this.#reader.error('unmatched ")"');
    return { root, groups: this.#groups.count };
  }

  #choice(): Node {
    const options = [this.#sequence()];
    while (this.#reader.eat('|')) options.push(this.#sequence());
    return choiceOf(options);
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (!this.#reader.atEnd && !this.#reader.sees('|') && !this.#reader.sees(')')) {
      parts.push(this.#term());
    }
    return sequenceOf(parts);
  }

  #term(): Node {
    const start = this.#reader.position;
    if (takeCount(this.#reader, true) !== undefined) {
      throw this.#reader.error('nothing to repeat', start);
    }
    const isGroup = this.#reader.sees('(');
    const isLookbehind = this.#reader.sees('(?<=') || this.#reader.sees('(?<!');
    const body = this.#atom();
    const at = this.#reader.position;
    const count = takeCount(this.#reader, true);
    if (count === undefined) return body;
    if (isLookbehind || (!isGroup && isPosition(body))) {
      throw this.#reader.error('nothing to repeat', at);
    }
    return { type: 'repeat', body, ...count, lazy: this.#reader.eat('?') };
  }

  #atom(): Node {
    const character = this.#reader.next();
    if (character === '^') return { type: 'position', kind: 'start' };
    if (character === '$') return { type: 'position', kind: 'end' };
    if (character === '(') return this.#reader.nested(() => this.#group());
    if (character === '.') return this.#set({ ranges: LINE_TERMINATORS, negated: true });
    if (character === '[') return this.#set(parseClass(this.#reader));
    if (character === '\\') return this.#escape();
    return this.#literal(character.charCodeAt(0));
  }

  #group(): Node {
    const start = this.#reader.position - 1;
    const node = this.#groupAhead();
    if (!this.#reader.eat(')')) throw this.#reader.error('missing ")" for the group', start);
    return node;
  }

  #groupAhead(): Node {
    const reader = this.#reader;
    if (reader.eat('?:')) return this.#choice();
    if (reader.eat('?=')) return this.#look({ behind: undefined, negated: false });
    if (reader.eat('?!')) return this.#look({ behind: undefined, negated: true });
    if (reader.eat('?<=')) return this.#look({ behind: {}, negated: false });
    if (reader.eat('?<!')) return this.#look({ behind: {}, negated: true });
    if (reader.eat('?<')) reader.takeUntil('>');
    else if (reader.sees('?')) throw reader.error('unknown kind of group');
    const index = ++this.#opened;
    return { type: 'group', index, body: this.#choice() };
  }

  #look(kind: { readonly behind: LookNode['behind']; readonly negated: boolean }): Node {
    return { type: 'look', ...kind, body: this.#choice() };
  }

  #escape(): Node {
    const reader = this.#reader;
    if (reader.atEnd) throw reader.error('nothing after "\\"');
    if (reader.eat('b')) return this.#boundary(false);
    if (reader.eat('B')) return this.#boundary(true);
    const ranges = classEscape(reader);
    if (ranges !== undefined) return this.#set({ ranges, negated: false });
    return this.#backReference() ?? this.#literal(takeCharacterEscape(reader));
  }

  #backReference(): Node | undefined {
    const reader = this.#reader;
    const start = reader.position;
    if (reader.sees('k') && this.#groups.names.size > 0) {
      reader.next();
      const name = reader.eat('<') ? reader.takeUntil('>') : undefined;
      const group = name === undefined ? undefined : this.#groups.names.get(name);
      if (group === undefined) throw reader.error('"\\k" names no group', start);
      return { type: 'backReference', group, folding: this.#folding };
    }
    const digits = reader.takeDigits();
    const group = Number(digits);
    if (!digits.startsWith('0') && group > 0 && group <= this.#groups.count) {
      return { type: 'backReference', group, folding: this.#folding };
    }
    reader.position = start;
    return undefined;
  }

  #literal(unit: number): Node {
    return { type: 'set', set: singleton(unit, this.#folding) };
  }

  #set(set: Omit<CharacterSet, 'folding'>): Node {
    return { type: 'set', set: { ...set, folding: this.#folding } };
  }

  #boundary(negated: boolean): BoundaryNode {
    const word: CharacterSet = { ranges: WORD, negated: false, folding: 'none' };
    return { type: 'boundary', negated, word, needsText: false };
  }
}

function isPosition(node: Node): boolean {
  return node.type === 'position' || node.type === 'boundary';
}
