import { describe, expect, it } from 'vitest';
import type { MixpanelEmulator, MixpanelEvaluation } from '../index.ts';
import { askFlags, basic, emulators } from './fixtures/shop.ts';

const start = emulators();

async function answerOf(...question: Parameters<typeof askFlags>) {
  const response = await askFlags(...question);
  expect(response.status).toBe(200);
  return response.json();
}

const CHECKOUT = {
  variant_key: 'on',
  variant_value: true,
  experiment_id: 'exp-1',
  is_experiment_active: true,
  is_qa_tester: false,
};

describe('flags when nothing evaluates', () => {
  it('are the variants that everybody has', async () => {
    expect(await answerOf(await start())).toEqual({
      code: 200,
      flags: {
        checkout: CHECKOUT,
        banner: {
          variant_key: 'plain',
          variant_value: { title: 'Hello' },
          is_qa_tester: false,
        },
      },
    });
  });

  it.each([
    [{ rollout_percentage: 1, variant_override: { key: 'b' } }, 'b'],
    [{ rollout_percentage: 2 }, 'a'],
    [{ rollout_percentage: 0.99 }, undefined],
    [{}, undefined],
    [{ rollout_percentage: 1, runtime_evaluation_rule: { '==': [1, 1] } }, undefined],
    [{ rollout_percentage: 1, runtime_evaluation_definition: { plan: 'pro' } }, undefined],
  ])('of the rollout %j are %j', async (rollout, variant) => {
    const variants = [
      { key: 'a', value: 1, split: 1 },
      { key: 'b', value: 2 },
    ];
    const ruleset = { variants, rollout: [rollout] };
    const emulator = await start({ definitions: { flags: [{ key: 'f', ruleset }] } });
    expect((await answerOf(emulator)).flags.f?.variant_key).toBe(variant);
  });
});

describe('an evaluation', () => {
  it('gets the definitions and what the request says about the visitor', async () => {
    const seen: unknown[] = [];
    const evaluate: MixpanelEvaluation = (...args) => {
      seen.push(...args);
      return {};
    };
    const emulator = await start({ evaluate });
    const context = { distinct_id: 'ü&=?', custom_properties: { plan: 'pro' }, device_id: 7 };
    expect(await answerOf(emulator, context)).toEqual({ code: 200, flags: {} });
    await answerOf(emulator, context, '&flag_key=banner');
    expect(seen).toEqual([
      ...[emulator.definitions, { context }],
      ...[emulator.definitions, { context, flag_key: 'banner' }],
    ]);
  });

  it('may say of a flag that the visitor has none', async () => {
    const off = undefined;
    const emulator = await start({ evaluate: () => ({ on: CHECKOUT, off }) });
    expect(Object.keys((await answerOf(emulator)).flags)).toEqual(['on']);
  });

  it('is cut down to the flag that was asked for', async () => {
    const emulator = await start();
    const keysFor = async (key: string) =>
      Object.keys((await answerOf(emulator, { distinct_id: 'a' }, `&flag_key=${key}`)).flags);
    expect(await keysFor('banner')).toEqual(['banner']);
    expect(await keysFor('half')).toEqual([]);
  });

  it('that throws is reported', async () => {
    const emulator = await start({
      evaluate: () => {
        throw new Error('broken evaluation');
      },
    });
    expect((await askFlags(emulator)).status).toBe(500);
    await expect(emulator.close()).rejects.toThrow('broken evaluation');
  });
});

describe('what is refused', () => {
  const NOBODY = 'distinct_id must be provided in evalContext as a string';

  it.each([[{}], [{ distinct_id: 7 }], [{ distinct_id: '' }], [[]], ['a'], [null]])(
    'the context %j',
    async (context) => {
      const response = await askFlags(await start(), context);
      expect([response.status, await response.text()]).toEqual([400, NOBODY]);
    },
  );

  const ask = ({ apiHost, token }: MixpanelEmulator, query: string, user = token) =>
    fetch(`${apiHost}/flags?${query}`, { headers: basic(user) });

  it('a request without a context, or with one that was encoded twice', async () => {
    const emulator = await start();
    const twice = encodeURIComponent(encodeURIComponent('{"distinct_id":"a"}'));
    for (const context of ['', `&context=${twice}`]) {
      expect((await ask(emulator, `token=${emulator.token}${context}`)).status).toBe(400);
    }
  });

  it('a request without the right credentials', async () => {
    const emulator = await start();
    const context = 'context={"distinct_id":"a"}';
    expect((await ask(emulator, `token=${emulator.token}&${context}`, 'other')).status).toBe(401);
    expect((await ask(emulator, `token=other&${context}`)).status).toBe(401);
  });
});
