import type { PatternReader } from './pattern-reader.ts';

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['\\', 0x5c],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const OCTAL_DIGIT = /^[0-7]$/;

/**
 * Takes what follows a backslash and stands for one character, inside and outside of classes alike.
 *
 * @throws PatternError for letters and digits that mean nothing.
 */
export function takePythonCharacter(reader: PatternReader): number {
  const start = reader.position - 1;
  const character = reader.next();
  if (character === '') throw reader.error('nothing after "\\"', start);
  const control = CONTROLS.get(character);
  if (control !== undefined) return control;
  const digits = HEX_DIGITS.get(character);
  if (digits !== undefined) {
    const code = reader.takeHex(digits);
    if (code === undefined || code > 0x10ffff) throw reader.error('incomplete escape', start);
    return code;
  }
  if (character === 'N') throw reader.error('named characters (\\N{…}) are not supported', start);
  if (/^[0-9A-Za-z]$/.test(character)) throw reader.error(`unknown escape \\${character}`, start);
  return character.codePointAt(0) ?? 0;
}

/** Takes so many octal digits, or fewer. */
export function takePythonOctal(reader: PatternReader, atMost: number): number | undefined {
  const start = reader.position - 1;
  const digits = reader.takeWhile(OCTAL_DIGIT, atMost);
  if (digits === '') return undefined;
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) throw reader.error('an octal escape beyond \\377', start);
  return code;
}

/** Whether three octal digits are ahead: outside of classes only those are an octal escape. */
export function seesThreeOctalDigits(reader: PatternReader): boolean {
  return [0, 1, 2].every((offset) => OCTAL_DIGIT.test(reader.peek(offset)));
}
