import { createSnapshot, type Diagnostic } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  EVERYBODY,
  environment,
  feature,
  identity,
  option,
  override,
  type Parts,
  segment,
} from './fixtures/build.ts';
import type { FlagsmithDocument } from './index.ts';
import { compile } from './index.ts';

const jane = { targetingKey: 'jane', plan: 'pro' };

/** Values that JSON can hold, and none of which is an object. */
const NO_OBJECTS: readonly unknown[] = [null, 5, 'text', true, []];

/** Reads everything there is to read, so that everything is compiled. */
function readEverything(parts: Parts) {
  const ruleset = compile(JSON.stringify(environment(parts)));
  const snapshot = createSnapshot(ruleset, jane);
  const flags = new Map(ruleset.flagKeys.map((key) => [key, snapshot.resolve(key)]));
  const bulk = createSnapshot(ruleset, jane).all();
  expect(new Map(bulk.entries())).toEqual(flags);
  const segments = ruleset.segmentsFor(jane).map(({ name }) => name);
  return { ruleset, flags, segments, diagnostics: ruleset.diagnostics };
}

const error = (path: string, flagKey?: string): Diagnostic => ({
  ...(flagKey !== undefined && { flagKey }),
  path,
  severity: 'error',
  message: expect.any(String),
});
const warning = (path: string): Diagnostic => ({
  path,
  severity: 'warning',
  message: expect.any(String),
});

describe('a document', () => {
  const sound = environment({});

  it.each([
    ['that is no object', [], 'an object'],
    ['that is null', null, 'an object'],
    ['without a key', { ...sound, api_key: undefined }, 'api_key'],
    ['whose key is no text', { ...sound, api_key: 5 }, 'api_key'],
    ['without features', { ...sound, feature_states: undefined }, 'feature_states'],
    ['whose features are no list', { ...sound, feature_states: {} }, 'feature_states'],
    ['without a project', { ...sound, project: undefined }, 'project'],
    ['whose segments are no list', { ...sound, project: { segments: {} } }, 'project.segments'],
    ['whose identities are no list', { ...sound, identity_overrides: 'x' }, 'identity_overrides'],
  ])('%s is refused', (_name, document, named) => {
    const refusal = {
      code: 'INVALID_DEFINITIONS',
      message: expect.stringContaining(named),
    };
    expect(() => compile(document as unknown as FlagsmithDocument)).toThrow(
      expect.objectContaining(refusal),
    );
    expect(() => compile(JSON.stringify(document))).toThrow(expect.objectContaining(refusal));
  });

  it('that is no JSON is refused', () => {
    expect(() => compile('{"api_key":')).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });

  it('that is sound has nothing to report', () => {
    const own = feature('f1', { multivariate_feature_state_values: [option('A', 50)] });
    const { diagnostics } = readEverything({
      features: [own, feature('f2')],
      segments: [segment(1, [all(condition('plan', 'EQUAL', 'pro'))], [override('f1', 'pro')])],
      identities: [identity('jane', [override('f2', 'own')])],
    });
    expect(diagnostics).toEqual([]);
  });
});

describe('a feature', () => {
  it.each<readonly [name: string, state: unknown]>([
    ...NO_OBJECTS.map((state) => ['that is no object', state] as const),
    ['without a feature', {}],
    ['whose feature is null', { feature: null }],
    ['without a name', { feature: { id: 1 } }],
    ['whose name is no text', { feature: { id: 1, name: 5 } }],
  ])('%s (%j) is left out and reported with its place', (_name, state) => {
    const { ruleset, diagnostics } = readEverything({
      features: [feature('before'), state, feature('after')],
    });
    expect(ruleset.flagKeys).toEqual(['before', 'after']);
    expect(diagnostics).toEqual([error('feature_states[1]')]);
  });

  const place = 'feature_states[1]';
  const options = `${place}.multivariate_feature_state_values`;

  it.each([
    ['is neither enabled nor disabled', { enabled: 'yes' }, `${place}.enabled`],
    ['has an object as its value', { feature_state_value: {} }, `${place}.feature_state_value`],
    ['has a list as its value', { feature_state_value: [] }, `${place}.feature_state_value`],
    ['has no list of options', { multivariate_feature_state_values: {} }, options],
    ['has an option of null', { multivariate_feature_state_values: [null] }, `${options}[0]`],
    ['has an empty option', { multivariate_feature_state_values: [{}] }, `${options}[0]`],
    [
      'has an option whose share is a text',
      { multivariate_feature_state_values: [option('A', '5' as never)] },
      `${options}[0].percentage_allocation`,
    ],
    [
      'has an option whose value is an object',
      {
        multivariate_feature_state_values: [
          option('A', 5),
          option('B', 5, { multivariate_feature_option: { value: {} as never } }),
        ],
      },
      `${options}[1].multivariate_feature_option.value`,
    ],
  ])('that %s resolves to PARSE_ERROR, and its neighbours work', (_name, rest, path) => {
    const { flags, diagnostics } = readEverything({
      features: [feature('before'), feature('bad', rest as object), feature('after')],
    });
    expect(diagnostics).toEqual([error(path, 'bad')]);
    expect(flags.get('bad')).toMatchObject({
      reason: 'ERROR',
      errorCode: 'PARSE_ERROR',
      errorMessage: expect.stringContaining(path),
    });
    expect(flags.get('before')?.value).toBe('default');
    expect(flags.get('after')?.value).toBe('default');
  });

  it('that is malformed is so for nobody in particular, too', () => {
    const ruleset = compile(environment({ features: [feature('f1', { enabled: 1 as never })] }));
    expect(createSnapshot(ruleset, {}).resolve('f1').errorCode).toBe('PARSE_ERROR');
    expect(createSnapshot(ruleset, {}).all().get('f1')?.errorCode).toBe('PARSE_ERROR');
  });

  it('that is there twice is the last one, in the place of the first', () => {
    const { ruleset, flags, diagnostics } = readEverything({
      features: [feature('f1'), feature('f2'), feature('f1', { feature_state_value: 'last' })],
    });
    expect(ruleset.flagKeys).toEqual(['f1', 'f2']);
    expect(flags.get('f1')?.value).toBe('last');
    expect(diagnostics).toEqual([]);
  });

  it('is reported once, however often it is read', () => {
    const { ruleset } = readEverything({ features: [feature('f1', { enabled: 1 as never })] });
    createSnapshot(ruleset, { targetingKey: 'bob' }).resolve('f1');
    expect(ruleset.diagnostics).toHaveLength(1);
  });
});

describe('what overrides a feature', () => {
  it('with a malformed state makes the flag a PARSE_ERROR, and harms no other one', () => {
    const bad = override('bad', 'x', { enabled: null as never });
    const { flags, diagnostics, segments } = readEverything({
      features: [feature('bad'), feature('good')],
      segments: [segment(1, [EVERYBODY], [override('good', 'in'), bad])],
    });
    expect(diagnostics).toEqual([error('project.segments[0].feature_states[1].enabled', 'bad')]);
    expect(flags.get('bad')?.errorCode).toBe('PARSE_ERROR');
    expect(flags.get('good')?.value).toBe('in');
    expect(segments).toEqual(['s1']);
  });

  it.each([null, 5, {}, { feature: {} }])(
    'without a name (%j) is reported and left out',
    (state) => {
      const { flags, diagnostics } = readEverything({
        segments: [segment(1, [EVERYBODY], [state, override('f1', 'in')])],
      });
      expect(diagnostics).toEqual([error('project.segments[0].feature_states[0]')]);
      expect(flags.get('f1')?.value).toBe('in');
    },
  );

  it('for another identity may be malformed', () => {
    const identities = [
      identity('bob', [override('f1', 'x', { enabled: 5 as never })]),
      identity('jane', [override('f1', 'own')]),
    ];
    const { ruleset, flags } = readEverything({ identities });
    expect(flags.get('f1')?.value).toBe('own');
    const bobs = createSnapshot(ruleset, { targetingKey: 'bob' }).resolve('f1');
    expect(bobs.errorCode).toBe('PARSE_ERROR');
    expect(ruleset.diagnostics).toEqual([
      error(expect.stringMatching(/^identity_overrides\[0\].*enabled$/), 'f1'),
    ]);
  });

  it.each([
    ['no text as identifier', { identifier: 5, identity_features: [override('f1', 'x')] }],
    ['no list of features', { identifier: 'jane', identity_features: {} }],
    ['a feature without a name', { identifier: 'jane', identity_features: [{}] }],
  ])('for an identity with %s is reported and left out', (_name, own) => {
    const { flags, diagnostics } = readEverything({
      identities: [own, identity('jane', [override('f1', 'own')])],
    });
    expect(diagnostics).toEqual([error(expect.stringMatching(/^identity_overrides\[0\]/))]);
    expect(flags.get('f1')?.value).toBe('own');
  });
});

describe('a segment', () => {
  const good = segment(9, [EVERYBODY], [override('f1', 'good')]);

  it.each(NO_OBJECTS)('that is no object (%j) is reported and nobody is in it', (bad) => {
    const { flags, diagnostics, segments } = readEverything({ segments: [bad, good] });
    expect(diagnostics).toEqual([error('project.segments[0]')]);
    expect(flags.get('f1')?.value).toBe('good');
    expect(segments).toEqual(['s9']);
  });

  const nested = (depth: number): unknown =>
    depth === 0 ? EVERYBODY : { type: 'ALL', rules: [nested(depth - 1)] };
  const at = 'project.segments[0].rules';

  it.each<readonly [name: string, rules: unknown, path: string]>([
    ['has no rules', undefined, at],
    ['has rules that are no list', {}, at],
    ...NO_OBJECTS.map((rule) => ['has a rule that is no object', [rule], `${at}[0]`] as const),
    [
      'has a rule of an unknown type',
      [{ type: 'SOME', conditions: [condition('t', 'IS_NOT_SET')] }],
      `${at}[0].type`,
    ],
    ['has conditions that are no list', [{ type: 'ALL', conditions: {} }], `${at}[0]`],
    ['has nested rules that are no list', [{ type: 'ALL', rules: 'x' }], `${at}[0]`],
    ['has a nested rule that is no object', [{ type: 'ALL', rules: [null] }], `${at}[0].rules[0]`],
    [
      'has a condition that is no object',
      [{ type: 'ALL', conditions: [null] }],
      `${at}[0].conditions[0].operator`,
    ],
    [
      'has an unknown operator',
      [all(condition('t', 'NONSENSE'))],
      `${at}[0].conditions[0].operator`,
    ],
  ])('that %s matches nobody and is reported when it is tried: %j', (_name, rules, path) => {
    const bad = { ...segment(1, [], [override('f1', 'bad')]), rules };
    const { flags, diagnostics, segments } = readEverything({ segments: [bad, good] });
    expect(diagnostics).toEqual([warning(path)]);
    expect(flags.get('f1')?.value).toBe('good');
    expect(segments).toEqual(['s9']);
  });

  it('that nests its rules too deep matches nobody and is reported', () => {
    const bad = segment(1, [nested(200)], [override('f1', 'bad')]);
    const { flags, diagnostics } = readEverything({ segments: [bad, good] });
    expect(diagnostics).toHaveLength(1);
    expect(flags.get('f1')?.value).toBe('good');
    const fine = readEverything({ segments: [segment(1, [nested(50)], [override('f1', 'fine')])] });
    expect(fine.flags.get('f1')?.value).toBe('fine');
  });

  it('without rules, or with rules that say nothing, is as Flagsmith has it', () => {
    const empty = readEverything({ segments: [segment(1, [], [override('f1', 'in')])] });
    expect(empty.segments).toEqual([]);
    const open = readEverything({
      segments: [segment(1, [{ type: 'SOME' }], [override('f1', 'in')])],
    });
    expect(open.segments).toEqual(['s1']);
    expect([...empty.diagnostics, ...open.diagnostics]).toEqual([]);
  });

  // JSON may well hold an object whose `toString` is no function.
  const untextable = { toString: 1, valueOf: 1 };

  it.each([
    ['number', { ...good, id: untextable, name: 'odd' }],
    ['operator', segment(1, [all(condition('plan', untextable as never, 'x'))])],
    ['operand', segment(1, [all(condition('plan', 'EQUAL', untextable as never))])],
  ])('whose %s cannot become a text harms no other one', (_name, odd) => {
    const { flags, segments } = readEverything({ segments: [odd, good] });
    expect(flags.get('f1')?.errorCode).toBeUndefined();
    expect(segments).toContain('s9');
  });
});
