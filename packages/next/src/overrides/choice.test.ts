import type { FlagOutcome, FlagValue, Ruleset, SelectValue } from '@halyard/core';
import * as flagd from '@halyard/sources/flagd';
import * as flagsmith from '@halyard/sources/flagsmith';
import * as posthog from '@halyard/sources/posthog';
import { describe, expect, it } from 'vitest';
import { choiceFor, type Options, outcomeFor } from './choice.ts';
import { choosable, describeOutcomes } from './description.ts';

const optionsOf = (ruleset: Ruleset, key: string, select: SelectValue): Options => ({
  outcomes: ruleset.outcomesOf?.(key) ?? [],
  select,
});

function flagdOptions(variants: Record<string, FlagValue>): Options {
  const flag = { state: 'ENABLED', variants, defaultVariant: Object.keys(variants)[0] ?? '' };
  return optionsOf(flagd.compile({ flags: { f1: flag as never } }), 'f1', flagd.select);
}

function flagsmithOptions(value: string | number | null, enabled: boolean): Options {
  const feature = {
    feature: { id: 1, name: 'f1', type: 'STANDARD' },
    enabled,
    feature_state_value: value,
    multivariate_feature_state_values: [
      {
        id: 1,
        percentage_allocation: 50,
        multivariate_feature_option: { value: 'red', key: 'warm' },
      },
    ],
  };
  const document = { api_key: 'k', feature_states: [feature], project: { segments: [] } };
  return optionsOf(flagsmith.compile(document as never), 'f1', flagsmith.select);
}

function posthogOptions(filters: posthog.PosthogFilters): Options {
  const flag = { id: 1, key: 'f1', active: true, filters };
  return optionsOf(posthog.compile({ flags: [flag] }), 'f1', posthog.select);
}

const chosen = (choice: FlagValue, options: Options) => outcomeFor(choice, options);

describe('a choice among the outcomes of', () => {
  it('flagd is the name of a variant, or its value', () => {
    const options = flagdOptions({ on: true, off: false });
    expect(chosen('off', options)).toEqual({ variant: 'off', value: false });
    expect(chosen(false, options)).toEqual({ variant: 'off', value: false });
    expect(chosen({ variant: 'on' }, options)).toEqual({ variant: 'on', value: true });
    expect(chosen('false', options)).toBeUndefined();
    const object = flagdOptions({ few: { items: 3, of: ['a'] }, odd: { variant: 'few' } });
    expect(chosen({ of: ['a'], items: 3 }, object)).toMatchObject({ variant: 'few' });
    expect(chosen({ variant: 'none' }, object)).toBeUndefined();
  });

  it('flagd is the name first where another variant has it as its value', () => {
    const options = flagdOptions({ red: 'blue', blue: 'red' });
    expect(chosen('red', options)).toEqual({ variant: 'red', value: 'blue' });
  });

  it('PostHog is true, false or a variant, with what goes with it', () => {
    const payloads = { true: '{"steps":2}' };
    const options = posthogOptions({ groups: [{}], payloads });
    expect(chosen(true, options)).toEqual({ value: true, enabled: true, payload: { steps: 2 } });
    expect(chosen(false, options)).toEqual({ value: false, enabled: false });
    expect(chosen({ steps: 2 }, options)).toMatchObject({ value: true });
    const multivariate = { variants: [{ key: '10', rollout_percentage: 100 }] };
    expect(chosen(10, posthogOptions({ multivariate }))).toMatchObject({ variant: '10' });
    expect(chosen(true, posthogOptions({ multivariate }))).toMatchObject({ variant: '10' });
  });

  it('Flagsmith is on where it can be: a value, a variant or a switch', () => {
    const options = flagsmithOptions('7', false);
    expect(chosen('warm', options)).toEqual({ value: 'red', variant: 'warm', enabled: true });
    expect(chosen(7, options)).toMatchObject({ value: '7', enabled: true });
    expect(chosen(true, options)).toMatchObject({ value: '7', enabled: true });
    expect(chosen(false, options)).toMatchObject({ enabled: false });
    expect(chosen('green', options)).toBeUndefined();
  });

  it('no flag at all is none', () => {
    expect(chosen('on', { outcomes: [], select: flagd.select })).toBeUndefined();
  });

  it('a backend whose select throws is by name alone', () => {
    const select = () => {
      throw new Error('no');
    };
    const options = { outcomes: [{ variant: 'on', value: true }], select };
    expect(chosen('on', options)).toEqual({ variant: 'on', value: true });
    expect(chosen(true, options)).toBeUndefined();
  });
});

describe('what to choose an outcome by', () => {
  it.each([
    ['flagd', flagdOptions({ on: true, off: false })],
    ['flagd, with names and values crossed', flagdOptions({ red: 'blue', blue: 'red' })],
    ['Flagsmith, off', flagsmithOptions('7', false)],
    ['Flagsmith, on', flagsmithOptions(null, true)],
    ['PostHog', posthogOptions({ groups: [{}], payloads: { true: '1' } })],
  ])('leads back to it: %s', (_what, options) => {
    const choices = choosable(options);
    expect(choices.length).toBeGreaterThan(1);
    for (const { choice, outcome } of choices) expect(chosen(choice, options)).toBe(outcome);
    expect(new Set(choices.map(({ choice }) => JSON.stringify(choice))).size).toBe(choices.length);
  });

  it('is nothing for what leaves the value to its reader', () => {
    const nothing: FlagOutcome = {};
    const options = { outcomes: [nothing], select: flagd.select };
    expect(choiceFor(nothing, options)).toBeUndefined();
    expect(describeOutcomes('on', options)).toBe(
      'it cannot come out as "on", only as what its readers have as a default',
    );
  });
});

describe('what is said of a choice that cannot be', () => {
  it('names what was given and what there is', () => {
    const options = flagdOptions({ red: '#f00', blue: '#00f' });
    expect(describeOutcomes('green', options)).toBe(
      'it cannot come out as "green", only as "red", "blue"',
    );
  });

  it('stays short', () => {
    const variants = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`v${i}`, i]));
    const text = describeOutcomes('x'.repeat(1000), flagdOptions(variants));
    expect(text.length).toBeLessThan(220);
    expect(text).toMatch(/"v9", and more$/);
  });
});
