import type { EvaluationContext } from '@halyard/core';
import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.ts';
import { anyDocument, anyIdentity } from './fixtures/arbitraries.ts';
import {
  all,
  condition,
  EVERYBODY,
  environment,
  feature,
  identity,
  option,
  override,
  segment,
} from './fixtures/build.ts';
import { contextOf } from './fixtures/case.ts';
import type { FlagsmithDocument, FlagsmithRuleset } from './index.ts';
import { compile } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_104);

const pro = { targetingKey: 'jane', plan: 'pro' };
const resolve = (ruleset: FlagsmithRuleset, key: string, context: EvaluationContext = pro) =>
  createSnapshot(ruleset, context).resolve(key);

/** As the next fetch gives it: equal, and yet nothing of it the same object. */
function fetchedAgain(document: FlagsmithDocument, previous: FlagsmithRuleset): FlagsmithRuleset {
  return compile(JSON.stringify(document), { previous });
}

const ofPro = (name: string, value: string) =>
  segment(1, [all(condition('plan', 'EQUAL', 'pro'))], [override(name, value)]);
const options = { multivariate_feature_state_values: [option('A', 50)] };
const f1 = feature('f1', options);

describe('a ruleset that follows another', () => {
  it.each([
    ['the default', { targetingKey: 'user-2914' }, 'f1'],
    ['an option', { targetingKey: 'user-2352' }, 'f1'],
    ['what is the same for everybody', {}, 'f1'],
    ['an override', pro, 'f2'],
  ])('gives the same object for %s of a flag that is unchanged', (_name, context, key) => {
    const parts = { features: [f1, feature('f2'), feature('f3')], segments: [ofPro('f2', 'pro')] };
    const first = compile(environment(parts));
    const before = resolve(first, key, context);
    const changed = [f1, feature('f2'), feature('f3', { feature_state_value: 'new' })];
    const second = fetchedAgain(environment({ ...parts, features: changed }), first);
    expect(resolve(second, key, context)).toBe(before);
    expect(resolve(second, 'f3', context)).toMatchObject({ value: 'new' });
  });

  it('gives another object for a flag that is changed, and without the other ruleset', () => {
    const first = compile(environment({ features: [f1] }));
    const before = resolve(first, 'f1');
    const renumbered = fetchedAgain(environment({ features: [{ ...f1, django_id: 2 }] }), first);
    expect(resolve(renumbered, 'f1')).not.toBe(before);
    const fresh = compile(environment({ features: [f1] }));
    expect(resolve(fresh, 'f1')).toEqual(before);
    expect(resolve(fresh, 'f1')).not.toBe(before);
  });

  it('takes nothing from an environment with another key, which buckets by it', () => {
    const document = environment({ features: [f1] });
    const first = compile({ ...document, api_key: 'OTHER' });
    const before = resolve(first, 'f1');
    expect(resolve(fetchedAgain(document, first), 'f1')).not.toBe(before);
  });

  it('keeps what is unchanged over several generations', () => {
    const document = environment({ features: [f1] });
    const first = compile(document);
    const before = resolve(first, 'f1');
    const second = fetchedAgain(document, first);
    resolve(second, 'f1');
    expect(resolve(fetchedAgain(document, second), 'f1')).toBe(before);
  });

  it('follows changes that leave the override itself as it was', () => {
    const first = compile(environment({ segments: [ofPro('f1', 'pro')] }));
    expect(resolve(first, 'f1').value).toBe('pro');
    const next = (changed: object) =>
      fetchedAgain(environment({ segments: [{ ...ofPro('f1', 'pro'), ...changed }] }), first);
    const renamed = resolve(next({ name: 'paying' }), 'f1');
    expect(answerOf(renamed).reason).toBe('TARGETING_MATCH; segment=paying');
    const forOthers = next({ rules: [all(condition('plan', 'EQUAL', 'free'))] });
    expect(resolve(forOthers, 'f1').value).toBe('default');
    expect(resolve(next({ rules: [] }), 'f1').value).toBe('default');
  });

  it('buckets a segment by its new number', () => {
    const share = [all(condition('', 'PERCENTAGE_SPLIT', '0'))];
    const numbered = (id: number) =>
      environment({ segments: [segment(id, share, [override('f1', 'in')])] });
    const luckyOne = { targetingKey: 'user-2352' };
    const first = compile(numbered(1));
    expect(resolve(first, 'f1', luckyOne).value).toBe('in');
    expect(resolve(fetchedAgain(numbered(2), first), 'f1', luckyOne).value).toBe('default');
  });

  it('knows which segments override a flag now', () => {
    const features = [feature('f1'), feature('f2')];
    const first = compile(environment({ features, segments: [ofPro('f1', 'pro')] }));
    expect(resolve(first, 'f1').value).toBe('pro');
    const second = fetchedAgain(environment({ features, segments: [ofPro('f2', 'pro')] }), first);
    expect(resolve(second, 'f1').value).toBe('default');
    expect(resolve(second, 'f2').value).toBe('pro');
  });

  it('no longer has the last identity’s own features once they are removed', () => {
    const own = identity('jane', [override('f1', 'own')]);
    const first = compile(environment({ identities: [own] }));
    expect(resolve(first, 'f1').value).toBe('own');
    const second = fetchedAgain(environment({ identities: [] }), first);
    expect(resolve(second, 'f1').value).toBe('default');
    expect(createSnapshot(second, pro).all().get('f1')?.value).toBe('default');
    const other = identity('jane', [override('f1', 'other')]);
    const third = fetchedAgain(environment({ identities: [other] }), first);
    expect(resolve(third, 'f1').value).toBe('other');
  });

  it('leaves the one it follows as it was', () => {
    const first = compile(environment({ segments: [ofPro('f1', 'pro')] }));
    resolve(first, 'f1');
    resolve(
      fetchedAgain(environment({ features: [feature('f1', { enabled: true })] }), first),
      'f1',
    );
    expect(resolve(first, 'f1').value).toBe('pro');
    expect(first.flagKeys).toEqual(['f1']);
  });

  it('reports again what is still wrong with a segment', () => {
    const wrong = segment(1, [all(condition('plan', 'NONSENSE', 'x'))], [override('f1', 'x')]);
    const document = environment({ segments: [wrong] });
    const first = compile(document);
    resolve(first, 'f1');
    expect(first.diagnostics).toHaveLength(1);
    const second = fetchedAgain(document, first);
    resolve(second, 'f1');
    expect(second.diagnostics).toEqual(first.diagnostics);
  });

  it('ignores rulesets of other backends', () => {
    const alien = { ...compile(environment({})), source: 'acme', resolve: () => ({}) };
    const ruleset = compile(environment({ segments: [segment(1, [EVERYBODY])] }), {
      previous: alien as never,
    });
    expect(resolve(ruleset, 'f1').value).toBe('default');
  });
});

/** A later version of a document: parts of it come from another one. */
function mixed(
  document: FlagsmithDocument,
  other: FlagsmithDocument,
  picks: readonly boolean[],
): FlagsmithDocument {
  let next = 0;
  const picked = () => picks[next++ % picks.length] === true;
  const mix = <T>(ours: readonly T[], theirs: readonly T[]) =>
    ours.map((item, i) => (picked() ? (theirs[i] ?? item) : item));
  const segments = mix(document.project.segments ?? [], other.project.segments ?? []);
  return {
    ...document,
    api_key: picked() && picked() && picked() ? other.api_key : document.api_key,
    feature_states: mix(document.feature_states, other.feature_states),
    project: { segments: picked() ? segments.toReversed() : segments },
    identity_overrides: picked() ? other.identity_overrides : document.identity_overrides,
  };
}

/** Everything that a ruleset answers about one visitor. */
function everything(ruleset: FlagsmithRuleset, context: EvaluationContext): unknown {
  const lazy = createSnapshot(ruleset, context);
  return {
    bulk: [...createSnapshot(ruleset, context).all().entries()],
    lazy: ruleset.flagKeys.map((key) => lazy.resolve(key)),
    segments: ruleset.segmentsFor(context),
  };
}

it('a ruleset that follows another answers what a fresh one answers', { timeout: 900_000 }, () => {
  const same = fc.property(
    fc.tuple(anyDocument, anyDocument),
    anyIdentity,
    fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
    ([first, other], who, picks) => {
      const context = contextOf(who, 'traits');
      const previous = compile(JSON.stringify(first));
      // Some flags are compiled by now, others are not.
      previous.flagKeys
        .filter((_, i) => picks[i % picks.length])
        .forEach((key) => void createSnapshot(previous, context).resolve(key));
      const text = JSON.stringify(mixed(first, other, picks));
      const expected = everything(compile(text), context);
      expect(everything(compile(text, { previous }), context), text).toEqual(expected);
    },
  );
  fc.assert(same, { seed: SEED, numRuns: SOAK ? 20_000 : 500 });
});
