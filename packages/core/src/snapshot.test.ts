import { describe, expect, it } from 'vitest';
import {
  createSnapshot,
  type EvaluationScope,
  flagNotFound,
  type Resolution,
  type Ruleset,
} from './index.ts';

/** A ruleset that writes down what it is asked. Flags named `timed…` read the clock. */
function recording(flagKeys: readonly string[]) {
  const evaluated: string[] = [];
  const bulk: EvaluationScope[] = [];
  const scopes: EvaluationScope[] = [];
  const known = new Set(flagKeys);
  const resolve = (key: string, scope: EvaluationScope): Resolution => {
    evaluated.push(key);
    scopes.push(scope);
    scope.trace?.push({ kind: 'rule', path: 'targeting', matched: true });
    if (!known.has(key)) return flagNotFound(key);
    const value = key.startsWith('timed') ? (scope.now ?? null) : `${key} of this visitor`;
    return { value, reason: 'TARGETING_MATCH' };
  };
  const ruleset: Ruleset = {
    source: 'recording',
    version: 'v7',
    flagKeys,
    diagnostics: [],
    resolve,
    resolveAll: (scope) => {
      bulk.push(scope);
      return flagKeys.map((key) => (key === 'disabled' ? undefined : resolve(key, scope)));
    },
  };
  return { ruleset, evaluated, scopes, bulk };
}

const VISITOR = { targetingKey: 'visitor-1' };

describe('reading', () => {
  it('evaluates nothing until a flag is read', () => {
    const { ruleset, evaluated, bulk } = recording(['a']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    expect([snapshot.source, snapshot.version]).toEqual(['recording', 'v7']);
    expect(snapshot.context).toBe(VISITOR);
    expect([evaluated, bulk]).toEqual([[], []]);
  });

  it('evaluates each flag once, however often and in whichever order it is read', () => {
    const { ruleset, evaluated } = recording(['a', 'b', 'c', 'd']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    const first = new Map(['c', 'a', 'd'].map((key) => [key, snapshot.resolve(key)]));
    for (const key of ['a', 'd', 'c', 'a', 'c', 'd']) {
      expect(snapshot.resolve(key)).toBe(first.get(key));
    }
    expect(evaluated).toEqual(['c', 'a', 'd']);
    expect(snapshot.resolve('b').value).toBe('b of this visitor');
  });

  it('hands the ruleset the context itself and no trace', () => {
    const { ruleset, scopes } = recording(['a', 'b']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    snapshot.resolve('a');
    snapshot.resolve('b');
    expect(scopes[0]?.context).toBe(VISITOR);
    expect(scopes.map(({ trace }) => trace)).toEqual([undefined, undefined]);
  });

  it("keeps the backend's state from read to read, and apart from other visitors'", () => {
    const counting: Ruleset = {
      ...recording(['a']).ruleset,
      resolve: (_key, scope) => {
        scope.state = Number(scope.state ?? 0) + 1;
        return { value: Number(scope.state), reason: 'STATIC' };
      },
    };
    const one = createSnapshot(counting, VISITOR);
    const other = createSnapshot(counting, { targetingKey: 'visitor-2' });
    expect(one.resolve('a').value).toBe(1);
    expect(other.resolve('a').value).toBe(1);
    expect(one.resolve('b').value).toBe(2);
  });
});

describe('keys from outside', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'resolves the unknown key %j to FLAG_NOT_FOUND',
    (key) => {
      const snapshot = createSnapshot(recording(['a']).ruleset, VISITOR);
      snapshot.resolve('a');
      expect(snapshot.resolve(key).errorCode).toBe('FLAG_NOT_FOUND');
      expect(snapshot.resolve('a').value).toBe('a of this visitor');
    },
  );

  it.each(['__proto__', 'constructor', 'toString', ''])('remembers the flag %j', (key) => {
    const { ruleset, evaluated } = recording(['a', key]);
    const snapshot = createSnapshot(ruleset, VISITOR);
    for (const read of ['a', key, key, 'a']) {
      expect(snapshot.resolve(read).value).toBe(`${read} of this visitor`);
    }
    expect(evaluated).toEqual(['a', key]);
  });

  it('are not collected when they are unknown', () => {
    const { ruleset, evaluated } = recording(['a']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    snapshot.resolve('a');
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 100; i++) snapshot.resolve(`unknown-${i}`);
    }
    // What is evaluated again has not been kept.
    expect(evaluated).toHaveLength(1 + 200);
    expect(reachableStrings(snapshot)).not.toContain('unknown-50');
  });
});

describe('time', () => {
  const counted = (at: number) => {
    let calls = 0;
    return { now: () => at + calls++, calls: () => calls };
  };

  it('is not read unless a rule asks for it', () => {
    const clock = counted(1_000);
    const snapshot = createSnapshot(recording(['a']).ruleset, VISITOR, { now: clock.now });
    snapshot.resolve('a');
    snapshot.all();
    snapshot.explain('a');
    expect(clock.calls()).toBe(0);
  });

  it('is read once and the same for all flags, in bulk and when explained', () => {
    const clock = counted(1_000);
    const { ruleset } = recording(['timed-1', 'timed-2']);
    const snapshot = createSnapshot(ruleset, VISITOR, { now: clock.now });
    expect(snapshot.explain('timed-1').resolution.value).toBe(1_000);
    expect(snapshot.resolve('timed-1').value).toBe(1_000);
    expect(snapshot.resolve('timed-2').value).toBe(1_000);
    expect(snapshot.all().get('timed-2')?.value).toBe(1_000);
    expect(clock.calls()).toBe(1);
  });

  it.each([
    [0, 0],
    [1_000, 1_000],
    [undefined, null],
  ])('given as %s is %s to rules', (now, expected) => {
    const snapshot = createSnapshot(recording(['timed']).ruleset, VISITOR, { now });
    expect(snapshot.resolve('timed').value).toBe(expected);
  });
});

describe('all', () => {
  it('resolves in bulk, once, leaving out what the backend leaves out', () => {
    const { ruleset, bulk } = recording(['a', 'disabled', 'b']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    expect([...snapshot.all().keys()]).toEqual(['a', 'b']);
    expect(snapshot.all()).toBe(snapshot.all());
    expect(bulk).toHaveLength(1);
  });
});

describe('explain', () => {
  it('tells the steps, the source and the version', () => {
    const snapshot = createSnapshot(recording(['a']).ruleset, VISITOR);
    expect(snapshot.explain('a')).toEqual({
      flagKey: 'a',
      resolution: { value: 'a of this visitor', reason: 'TARGETING_MATCH' },
      steps: [{ kind: 'rule', path: 'targeting', matched: true }],
      source: 'recording',
      version: 'v7',
    });
  });

  it('neither uses nor changes what reads remember', () => {
    const { ruleset, evaluated, scopes } = recording(['a', 'b']);
    const snapshot = createSnapshot(ruleset, VISITOR);
    const read = snapshot.resolve('a');
    snapshot.explain('a');
    snapshot.explain('b');
    snapshot.explain('b');
    expect(snapshot.resolve('a')).toBe(read);
    snapshot.resolve('b');
    expect(evaluated).toEqual(['a', 'a', 'b', 'b', 'b']);
    expect(new Set(scopes).size).toBe(4);
    expect(scopes[4]?.trace).toBeUndefined();
  });

  it('starts every time without steps', () => {
    const snapshot = createSnapshot(recording(['a']).ruleset, VISITOR);
    snapshot.explain('a');
    expect(snapshot.explain('a').steps).toHaveLength(1);
    expect(snapshot.explain('unknown').resolution.errorCode).toBe('FLAG_NOT_FOUND');
  });
});

/** Every string an object keeps alive through its own properties, maps included. */
function reachableStrings(root: unknown): Set<unknown> {
  const seen = new Set<unknown>();
  const visit = (value: unknown) => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map) for (const entry of value) entry.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(root);
  return seen;
}
