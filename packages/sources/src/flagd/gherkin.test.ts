import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AstBuilder,
  compile as compilePickles,
  GherkinClassicTokenMatcher,
  Parser,
} from '@cucumber/gherkin';
import type { Pickle, PickleStep } from '@cucumber/messages';
import type { EvaluationContext, EvaluationDetails, FlagValue } from '@halyard/core';
import { createSnapshot, toDetails } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { compile, select } from './index.ts';

const conformance = join(
  process.env.HALYARD_CONFORMANCE ?? join(import.meta.dirname, '../../../../../shared/conformance'),
  'flagd',
);
const features = join(conformance, 'gherkin');

/** Why scenarios with a tag are left out. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  '@fractional-v1': 'legacy bucketing, replaced by @fractional-v2',
};

/** What the steps of one scenario share. */
interface World {
  read: { key: string; type: string; fallback: FlagValue };
  context: Record<string, EvaluationContext[string]>;
  details: EvaluationDetails | undefined;
}

type Step = readonly [
  pattern: RegExp,
  run: (world: World, captured: readonly string[], step: PickleStep) => void,
];

const definitions = (): string =>
  readFileSync(join(conformance, 'flags/testkit-flags.json'), 'utf8');

function typed(type: string, text: string): FlagValue {
  const unescaped = text.replaceAll('\\"', '"');
  switch (type) {
    case 'Boolean':
      return unescaped === 'true';
    case 'Integer':
    case 'Float':
      return Number(unescaped);
    case 'Object':
      return JSON.parse(unescaped);
    case 'String':
      return unescaped;
    default:
      throw new Error(`the steps do not know the type "${type}"`);
  }
}

function detailsOf(world: World): EvaluationDetails {
  if (world.details === undefined) throw new Error('the flag was not evaluated');
  return world.details;
}

const STEPS: readonly Step[] = [
  [/^an evaluator$/, () => {}],
  [
    /^a (\w+)-flag with key "(.*)" and a fallback value "(.*)"$/,
    (world, [type = '', key = '', fallback = '']) => {
      world.read = { key, type, fallback: typed(type, fallback) };
    },
  ],
  [
    /^a context containing a key "(.*)", with type "(\w+)" and with value "(.*)"$/,
    ({ context }, [key = '', type = '', value = '']) => {
      context[key] = typed(type, value) as EvaluationContext[string];
    },
  ],
  [
    /^a context containing a targeting key with value "(.*)"$/,
    ({ context }, [value = '']) => {
      context.targetingKey = value;
    },
  ],
  [
    /^a context containing a nested property with outer key "(.*)" and inner key "(.*)", with value "(.*)"$/,
    ({ context }, [outer = '', inner = '', value = '']) => {
      context[outer] = { [inner]: value };
    },
  ],
  [
    /^the flag was evaluated with details$/,
    (world) => {
      const snapshot = createSnapshot(compile(definitions()), world.context);
      const { key, fallback } = world.read;
      world.details = toDetails(key, fallback, snapshot.resolve(key), select);
    },
  ],
  [
    /^the resolved details value should be "(.*)"$/,
    (world, [value = '']) => expect(detailsOf(world).value).toEqual(typed(world.read.type, value)),
  ],
  [
    /^the reason should be "(.*)"$/,
    (world, [reason]) => expect(detailsOf(world).reason).toBe(reason),
  ],
  [
    /^the error-code should be "(.*)"$/,
    (world, [code]) => expect(detailsOf(world).errorCode).toBe(code),
  ],
  [
    /^the resolved metadata should contain$/,
    (world, _captured, { argument }) => {
      const [, ...rows] = argument?.dataTable?.rows ?? [];
      expect(rows).not.toHaveLength(0);
      for (const { cells } of rows) {
        const [key = '', type = '', value = ''] = cells.map((cell) => cell.value);
        expect(detailsOf(world).flagMetadata).toHaveProperty([key], typed(type, value));
      }
    },
  ],
  [
    /^the resolved metadata is empty$/,
    (world) => expect(detailsOf(world).flagMetadata).toEqual({}),
  ],
];

function perform(step: PickleStep, world: World): void {
  const matches = STEPS.flatMap(([pattern, run]) => {
    const match = pattern.exec(step.text);
    return match === null ? [] : [() => run(world, match.slice(1), step)];
  });
  if (matches.length !== 1) {
    throw new Error(`${matches.length} definitions for the step "${step.text}", expected one`);
  }
  matches[0]?.();
}

function picklesOf(file: string): readonly Pickle[] {
  let id = 0;
  const newId = (): string => String(id++);
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  return compilePickles(parser.parse(readFileSync(join(features, file), 'utf8')), file, newId);
}

function reasonToLeaveOut({ tags }: Pickle): string | undefined {
  return tags.map(({ name }) => LEFT_OUT[name]).find((reason) => reason !== undefined);
}

if (!existsSync(features)) {
  describe('the flagd conformance scenarios', () => {
    it(`are not checked: there is no folder ${features} (HALYARD_CONFORMANCE names another)`, () => {
      expect(existsSync(features)).toBe(false);
    });
  });
} else {
  const files = readdirSync(features).filter((name) => name.endsWith('.feature'));
  const pickles = files.flatMap((file) => picklesOf(file).map((pickle) => ({ file, pickle })));
  const applicable = pickles.filter(({ pickle }) => reasonToLeaveOut(pickle) === undefined);

  describe('the flagd conformance scenarios', () => {
    it('are there, and only those with a known reason are left out', () => {
      expect(applicable.length).toBeGreaterThan(100);
      const leftOut = pickles.filter(({ pickle }) => reasonToLeaveOut(pickle) !== undefined);
      expect(leftOut.every(({ file }) => file === 'fractional.feature')).toBe(true);
    });

    applicable.forEach(({ file, pickle }, i) => {
      it(`${file} ${i + 1}: ${pickle.name} [${pickle.steps
        .map(({ text }) => text.match(/"[^"]*"/g)?.join(' ') ?? '')
        .join(' ')
        .trim()}]`, () => {
        const world: World = {
          read: { key: '', type: 'String', fallback: '' },
          context: {},
          details: undefined,
        };
        for (const step of pickle.steps) perform(step, world);
      });
    });
  });
}
