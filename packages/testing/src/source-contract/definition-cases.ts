import { createSnapshot, isHalyardError, type TraceStep } from '@halyard/core';
import { type Case, NO_DOCUMENTS, type SourceContract } from './contract.ts';

/** What backends do on the way; overriding is done by others. */
const STEPS: Readonly<Record<Exclude<TraceStep['kind'], 'override'>, true>> = {
  rule: true,
  bucket: true,
  segment: true,
  dependency: true,
  default: true,
};

/** Cases about definitions: their version, what is wrong with them, what they decided. */
export const DEFINITION_CASES = {
  versions: {
    title: 'the version passes through, and the ruleset names its backend',
    check: ({ source, definitions, ownVersion, contexts, expect }) => {
      const [context = {}] = contexts;
      const ruleset = source.compile(definitions, { version: 'contract-7' });
      expect(ruleset.source).toBe(source.name);
      expect(ruleset.version).toBe('contract-7');
      expect(source.compile(definitions).version).toBe(ownVersion ?? 'unversioned');
      expect(createSnapshot(ruleset, context)).toMatchObject({
        source: ruleset.source,
        version: ruleset.version,
      });
    },
  },
  explanations: {
    title: 'an explanation resolves as a read does and says by which steps',
    check: (subject) => {
      const { compile, contexts, expect } = subject;
      const ruleset = compile();
      for (const context of contexts) {
        const snapshot = createSnapshot(ruleset, context, subject);
        for (const key of [...ruleset.flagKeys, 'no-such-flag', '__proto__']) {
          const explanation = snapshot.explain(key);
          expect(explanation.resolution, key).toEqual(snapshot.resolve(key));
          expect(explanation.flagKey).toBe(key);
          expect(explanation.source).toBe(ruleset.source);
          expect(explanation.version).toBe(ruleset.version);
          for (const { kind, path, matched } of explanation.steps) {
            expect(STEPS, key).toHaveProperty(kind);
            expect([typeof path, typeof matched], key).toEqual(['string', 'boolean']);
          }
        }
        expect(
          ruleset.flagKeys.some((key) => snapshot.explain(key).steps.length > 0),
          'no flag has a step to show',
        ).toBe(true);
      }
    },
  },
  diagnostics: {
    title: 'a flag that is wrong is named, and its neighbours resolve as ever',
    check: (subject) => {
      const { source, faulty, contexts, expect } = subject;
      expect(faulty.length, 'the contract needs faulty definitions').toBeGreaterThan(0);
      for (const { definitions, flagKey, path, neighbours } of faulty) {
        const ruleset = source.compile(definitions);
        for (const context of contexts) {
          const snapshot = createSnapshot(ruleset, context, subject);
          expect(snapshot.resolve(flagKey), flagKey).toMatchObject({ reason: 'ERROR' });
          for (const neighbour of neighbours) {
            expect(ruleset.flagKeys).toContain(neighbour);
            expect(snapshot.resolve(neighbour).errorMessage, neighbour).toBeUndefined();
          }
          expect(() => snapshot.all()).not.toThrow();
        }
        // Flags may be compiled when they are first read, so diagnostics are complete only now.
        const about = ruleset.diagnostics.filter((diagnostic) => diagnostic.flagKey === flagKey);
        expect(about).toContainEqual(expect.objectContaining({ path, severity: 'error' }));
        const accused = ruleset.diagnostics.map((diagnostic) => diagnostic.flagKey);
        for (const neighbour of neighbours) expect(accused).not.toContain(neighbour);
        for (const { message } of ruleset.diagnostics) expect(message).toMatch(/\S/);
      }
    },
  },
  'broken-documents': {
    title: 'a document that makes no sense is refused when it is parsed',
    check: (contract) => {
      const { broken, expect } = contract;
      for (const [what, text] of Object.entries({ ...NO_DOCUMENTS, ...broken })) {
        const thrown = thrownBy(() => parserOf(contract)(text));
        expect(isHalyardError(thrown), `${what}: ${String(thrown)}`).toBe(true);
        expect(thrown, what).toMatchObject({ code: 'INVALID_DEFINITIONS' });
      }
    },
  },
} satisfies Record<string, Case>;

function parserOf<Definitions>({
  source,
  parse,
}: SourceContract<Definitions>): (text: string) => Definitions {
  const { definitions } = source;
  if (parse !== undefined) return parse;
  if (definitions.kind === 'http') return (text) => definitions.parse([text]);
  if (definitions.kind === 'file') return (text) => definitions.parse(text);
  throw new TypeError(
    'this source has inline definitions: give the contract `parse`, or name broken-documents in `doesNotApply`',
  );
}

/** What a function throws; undefined when it returns. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
