import {
  createSnapshot,
  type EvaluationContext,
  type FlagValueType,
  flagValueType,
  type Resolution,
  toDetails,
} from '@halyard/core';
import type { Case, Subject } from './contract.ts';
import { attributesOf, HOSTILE_KEYS, hostileContexts } from './hostile-contexts.ts';
import { malformation } from './well-formed.ts';

/** A default of every type a flag can be read as; null accepts any. */
const DEFAULTS: readonly unknown[] = [false, 'default', 0, {}, null];
const TYPES: readonly (FlagValueType | undefined)[] = DEFAULTS.map(flagValueType);

/** Cases about reading: what must hold for every flag, key and context. */
export const READ_CASES = {
  'total-reads': {
    title: 'every read gives a sound verdict, whatever the key and the context',
    check: checkTotalReads,
  },
  'unknown-keys': {
    title: 'keys that are no flags resolve to FLAG_NOT_FOUND',
    check: (subject) => {
      const { compile, contexts, expect } = subject;
      const ruleset = compile();
      const unknown = [...HOSTILE_KEYS, 'no-such-flag'].filter(
        (key) => !ruleset.flagKeys.includes(key),
      );
      for (const context of contexts) {
        const snapshot = createSnapshot(ruleset, context, subject);
        for (const key of unknown) {
          expect(snapshot.resolve(key).errorCode, name(key)).toBe('FLAG_NOT_FOUND');
          expect(snapshot.all().has(key), name(key)).toBe(false);
        }
      }
    },
  },
  'own-attributes': {
    title: 'attributes that a context inherits are not read',
    check: ({ snapshot, compile, contexts, expect }) => {
      const nobody = snapshot({});
      for (const context of contexts) {
        const heir = snapshot(Object.create(context));
        for (const key of compile().flagKeys) {
          expect(heir.resolve(key), key).toEqual(nobody.resolve(key));
        }
      }
    },
  },
  bulk: {
    title: 'all flags at once resolve as they do one by one',
    check: ({ snapshot, compile, contexts, expect }) => {
      const { flagKeys } = compile();
      for (const context of contexts) {
        const all = snapshot(context).all();
        const single = snapshot(context);
        expect([...all.keys()]).toEqual(flagKeys.filter((key) => all.has(key)));
        for (const key of flagKeys) {
          const resolution = single.resolve(key);
          if (all.has(key)) expect(all.get(key), key).toEqual(resolution);
          else expect(leavesDefault(resolution), `${key} is left out`).toBe(true);
        }
      }
    },
  },
  'typed-reads': {
    title: 'a read of a type gives a value of that type, or none',
    check: checkTypedReads,
  },
} satisfies Record<string, Case>;

function checkTotalReads<Definitions>(subject: Subject<Definitions>): void {
  const { compile, contexts, source, expect } = subject;
  const ruleset = compile();
  const keys = [...ruleset.flagKeys, ...HOSTILE_KEYS];
  for (const [what, context] of hostileContexts(attributesOf(contexts))) {
    const snapshot = createSnapshot(ruleset, context as EvaluationContext, subject);
    const sound = (key: string, read: () => Resolution) => {
      const verdict = attempt(() => malformation(read()));
      expect(verdict, `flag ${name(key)}, context: ${what}`).toBeUndefined();
    };
    for (const key of keys) {
      sound(key, () => snapshot.resolve(key));
      sound(key, () => snapshot.explain(key).resolution);
      for (const value of DEFAULTS) {
        sound(key, () => toDetails(key, value, snapshot.resolve(key), source.select) as Resolution);
      }
    }
    for (const key of ruleset.flagKeys) {
      sound(key, () => snapshot.all().get(key) ?? { reason: 'UNKNOWN' });
    }
  }
}

function checkTypedReads<Definitions>({
  reads,
  contexts,
  snapshot,
  compile,
  source,
  expect,
}: Subject<Definitions>): void {
  expect(reads.length, 'the contract needs reads').toBeGreaterThan(0);
  for (const { flagKey, context = contexts[0] ?? {}, type, value } of reads) {
    const resolution = snapshot(context).resolve(flagKey);
    expect(resolution.errorCode, flagKey).toBeUndefined();
    expect(source.select(resolution, type), `${flagKey} as ${type ?? 'any type'}`).toEqual(value);
  }
  for (const context of contexts) {
    const visitor = snapshot(context);
    for (const key of compile().flagKeys) {
      for (const type of TYPES) {
        const selected = source.select(visitor.resolve(key), type);
        if (type === undefined || selected === undefined) continue;
        expect(flagValueType(selected), `${key} as ${type}`).toBe(type);
      }
    }
  }
}

/** Whether a flag may be left out of a bulk result: it has nothing to say. */
function leavesDefault({ value, reason }: Resolution): boolean {
  return value === undefined || reason === 'DISABLED';
}

/** Runs a check; what it throws counts as what is wrong. */
function attempt(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (thrown) {
    return `it threw ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
  }
}

function name(key: string): string {
  return JSON.stringify(key.slice(0, 40));
}
