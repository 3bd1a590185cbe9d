import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Percentage } from './dialect/percentage.ts';
import { percentageOf } from './fixtures/percentage-of.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_105);

describe('the percentage of a list of ids', () => {
  it.each([
    ['93', '31', 63.0126025205041],
    ['12345', 'test_env_foobar', 51.990398079615915],
    ['78986', '32103813', 49.27985597119424],
    ['1016366', '8AYnz4q3KEfT5DFtnramnP_user-123', 39.19783956791358],
    ['', 'user', 66.2732546509302],
    ['1', 'ENV_caf\u00e9', 45.76915383076615],
    ['1', 'ENV_cafe\u0301', 55.04100820164033],
    ['1', 'ENV_ユーザー', 11.612322464492898],
    ['1', 'ENV_😀', 76.56531306261253],
    ['1', `ENV_${'a'.repeat(1000)}`, 38.29765953190638],
    ['1', 'ENV_a,b', 64.78295659131827],
    ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'ENV_u1', 51.130226045209035],
    ['1', 'ENV_user-2352', 0],
    ['1', 'ENV_user-8254', 0.010002000400080016],
    ['1', 'ENV_user-17542', 50],
    ['1', 'ENV_user-2914', 99.98999799959992],
    ['7', 'True', 55.09101820364073],
    ['7', '1.0', 97.81956391278256],
    ['7', '1', 35.317063412682536],
  ])('%j and %j is the one that Flagsmith computes', (id, key, expected) => {
    expect(new Percentage(`${id},`).of(key)).toBe(expected);
    expect(percentageOf([id, key])).toBe(expected);
  });

  it('that would be 100 is the one of the list written twice', () => {
    expect(new Percentage('1,').of('ENV_user-3790')).toBe(85.78715743148629);
    expect(new Percentage('1,ENV_').of('user-3790')).toBe(85.78715743148629);
  });

  it('does not depend on how much of it was hashed in advance', () => {
    const anywhere = fc.property(
      fc.nat(),
      fc.string({ unit: 'binary' }),
      fc.nat(),
      (id, key, at) => {
        const text = `${id},ENV_${key}`;
        const expected = percentageOf([String(id), `ENV_${key}`]);
        expect(new Percentage(`${id},`).of(`ENV_${key}`)).toBe(expected);
        const cut = at % `${id},ENV_`.length;
        expect(new Percentage(text.slice(0, cut)).of(text.slice(cut))).toBe(expected);
        expect(expected).toBeLessThan(100);
      },
    );
    fc.assert(anywhere, { seed: SEED, numRuns: 2_000 });
  });

  it('counts what is no character as U+FFFD', () => {
    expect(new Percentage('1,ENV_').of('\ud800')).toBe(percentageOf(['1', 'ENV_\ufffd']));
  });
});
