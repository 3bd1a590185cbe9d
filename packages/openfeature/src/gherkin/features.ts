import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Pickle } from '@cucumber/messages';

/** One scenario, or one row of an outline, with the background's steps in front. */
export interface Scenario {
  readonly feature: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

/** One line of a scenario. */
export interface Step {
  readonly text: string;
  /** The step's table, row by row; undefined when it has none. */
  readonly table: readonly (readonly string[])[] | undefined;
}

/** The OpenFeature specification's features and flag file; see the conformance folder's README. */
export const CONFORMANCE = join(
  process.env.HALYARD_CONFORMANCE ??
    fileURLToPath(new URL('../../../../../shared/conformance', import.meta.url)),
  'openfeature',
);

/** Whether the conformance data is there at all. */
export function hasConformanceData(): boolean {
  return existsSync(CONFORMANCE);
}

/** Every scenario of a feature file, outlines expanded, in the file's order. */
export function readFeature(name: string): Scenario[] {
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  const document = parser.parse(readFileSync(join(CONFORMANCE, `${name}.feature`), 'utf8'));
  return compile(document, name, newId).map((pickle) => toScenario(name, pickle));
}

function toScenario(feature: string, { name, steps }: Pickle): Scenario {
  return {
    feature,
    name,
    steps: steps.map(({ text, argument }) => ({
      text,
      table: argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value)),
    })),
  };
}
