import type { EvaluationContext } from '@halyard/core';
import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.ts';
import {
  all,
  condition,
  EVERYBODY,
  environment,
  feature,
  identity,
  option,
  override,
  prioritised,
  read,
  segment,
} from './fixtures/build.ts';
import type { FlagsmithDocument } from './index.ts';
import { compile } from './index.ts';

/** A flag read lazily, after which it must come out the same in bulk. */
function value(document: FlagsmithDocument, context: EvaluationContext, key = 'f1'): unknown {
  const lazy = read(document, key, context);
  const bulk = createSnapshot(compile(document), context).all().get(key);
  expect(bulk && answerOf(bulk)).toEqual(lazy);
  return lazy.value;
}

describe('features of single identities', () => {
  const names = ['alice', '007', '7', '1.5', 'a,b', '["x"]', 'constructor', '__proto__', ' '];
  const document = environment({
    segments: [segment(1, [EVERYBODY], [prioritised('f1', 'segment', 0)])],
    identities: names.map((name) => identity(name, [override('f1', `for ${name}`)])),
  });

  it.each(names)('are found whatever the identifier is: %j', (targetingKey) => {
    expect(value(document, { targetingKey })).toBe(`for ${targetingKey}`);
  });

  it.each(['a', 'b', 'x', '1.50', 'toString', 'Alice', '  '])(
    'are not found for somebody else: %j',
    (targetingKey) => {
      expect(value(document, { targetingKey })).toBe('segment');
    },
  );

  it('do not hang on a trait that is named like the path to the identifier', () => {
    const traits = { '$.identity.identifier': 'alice' };
    expect(value(document, { targetingKey: 'bob', traits })).toBe('segment');
    const other = { '$.identity.identifier': 'bob' };
    expect(value(document, { targetingKey: 'alice', traits: other })).toBe('for alice');
  });

  it('of an identity that is mentioned twice are the first ones', () => {
    const twice = environment({
      features: [feature('f1'), feature('f2')],
      identities: [
        identity('alice', [override('f1', 'first')]),
        identity('alice', [override('f1', 'second'), override('f2', 'second')]),
      ],
    });
    expect(value(twice, { targetingKey: 'alice' })).toBe('first');
    expect(value(twice, { targetingKey: 'alice' }, 'f2')).toBe('second');
  });

  it('choose their option even when it is the only one', () => {
    const own = override('f1', 'control value', {
      multivariate_feature_state_values: [option('Chosen', 100)],
    });
    const chosen = environment({ identities: [identity('alice', [own])] });
    expect(read(chosen, 'f1', { targetingKey: 'alice' })).toMatchObject({
      value: 'Chosen',
      variant: 'chosen',
      reason: 'SPLIT; weight=100',
    });
  });
});

describe('a flag that is read alone', () => {
  it('is bucketed by the identity', () => {
    const split = feature('f1', { multivariate_feature_state_values: [option('A', 50)] });
    const document = environment({ features: [split] });
    expect(value(document, { targetingKey: 'user-2352' })).toBe('A');
    expect(value(document, { targetingKey: 'user-2914' })).toBe('default');
  });

  it('is overridden by a share of the identities', () => {
    const share = all(condition(null, 'PERCENTAGE_SPLIT', '50'));
    const document = environment({ segments: [segment(1, [share], [override('f1', 'in')])] });
    expect(value(document, { targetingKey: 'user-2352' })).toBe('in');
    expect(value(document, { targetingKey: 'user-2914' })).toBe('default');
  });

  it.each([
    ['the features', '$.features.f2.enabled', 'true'],
    ['the value of a feature', "$.features['f2'].value", 'two'],
    ['the options of a feature', '$.features.f2.variants[0].weight', '30'],
    ['the segments', "$.segments['7'].name", 's7'],
    ['the overrides of a segment', "$.segments['7'].overrides[0].value", 'of seven'],
    ['the environment', '$.environment.key', 'ENV'],
  ])('still sees %s in paths', (_name, path, operand) => {
    const f2 = feature('f2', {
      enabled: true,
      feature_state_value: 'two',
      multivariate_feature_state_values: [option('A', 30)],
    });
    const document = environment({
      features: [feature('f1'), f2],
      segments: [
        segment(1, [all(condition(path, 'EQUAL', operand))], [override('f1', 'found')]),
        segment(7, [EVERYBODY], [override('f2', 'of seven')]),
      ],
    });
    expect(value(document, { targetingKey: 'jane' })).toBe('found');
  });

  it('does not look at what only other flags ask for', () => {
    const asksFor = (id: number, trait: string, name: string) =>
      segment(id, [all(condition(trait, 'IS_SET'))], [override(name, 'set')]);
    const document = environment({
      features: [feature('f1'), feature('f2')],
      segments: [asksFor(1, 'plan', 'f1'), asksFor(2, 'secret', 'f2')],
    });
    const context = {
      targetingKey: 'jane',
      plan: 'pro',
      get secret(): string {
        throw new Error('nobody may look');
      },
    };
    const snapshot = createSnapshot(compile(document), context);
    expect(snapshot.resolve('f1').value).toBe('set');
    expect(snapshot.resolve('f2').errorCode).toBe('GENERAL');
    expect(createSnapshot(compile(document), context).all().get('f1')?.value).toBe('set');
  });
});

describe('between segments', () => {
  it.each([
    [1, 1, 'first'],
    [null, null, 'first'],
    [null, 5, 'second'],
    [2, 1, 'second'],
    [0, null, 'first'],
    [0, -1, 'second'],
  ])('of the priorities %j and %j the lower one wins, or else the %s one', (a, b, winner) => {
    const document = environment({
      // The second one has the lower number: the order is the document's.
      segments: [
        segment(20, [EVERYBODY], [prioritised('f1', 'first', a)]),
        segment(3, [EVERYBODY], [prioritised('f1', 'second', b)]),
      ],
    });
    expect(value(document, { targetingKey: 'jane' })).toBe(winner);
  });

  it.each([
    [1, 1, 'first'],
    [2, 1, 'second'],
  ])('and within one, which overrides with the priorities %j and %j', (a, b, winner) => {
    const overrides = [prioritised('f1', 'first', a), prioritised('f1', 'second', b)];
    const document = environment({ segments: [segment(1, [EVERYBODY], overrides)] });
    expect(value(document, { targetingKey: 'jane' })).toBe(winner);
  });

  it('only those count that match', () => {
    const document = environment({
      segments: [
        segment(1, [all(condition('plan', 'EQUAL', 'pro'))], [prioritised('f1', 'pro', 0)]),
        segment(2, [EVERYBODY], [prioritised('f1', 'all', 1)]),
      ],
    });
    expect(value(document, { targetingKey: 'jane', plan: 'pro' })).toBe('pro');
    expect(value(document, { targetingKey: 'jane', plan: 'free' })).toBe('all');
  });
});

describe('traits', () => {
  const isSet = environment({
    features: [feature('f1'), feature('f2')],
    segments: [segment(1, [all(condition('t', 'IS_SET'))], [override('f1', 'set')])],
    identities: [identity('alice', [override('f2', 'own')])],
  });

  it.each([[false], [0], ['']])('that count as false are traits, for anybody: %j', (t) => {
    expect(value(isSet, { targetingKey: 'jane', t })).toBe('set');
    expect(value(isSet, { targetingKey: 'alice', t })).toBe('set');
  });

  it('of one read are not there in the next', () => {
    const ruleset = compile(isSet);
    const given = createSnapshot(ruleset, { targetingKey: 'alice', t: 'x' });
    expect(given.resolve('f1').value).toBe('set');
    expect(given.all().get('f1')?.value).toBe('set');
    const without = createSnapshot(ruleset, { targetingKey: 'alice' });
    expect(without.resolve('f1').value).toBe('default');
    expect(without.all().get('f1')?.value).toBe('default');
  });
});
