import type { Diagnostic } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { PlainRuleset } from '../fixtures/plain-source.ts';
import { Warnings } from '../warnings.ts';
import { DiagnosticsWatch } from './diagnostics.ts';

describe('problems within definitions', () => {
  it('are warned about when they are found, and each of them once', () => {
    const logger = testLogger();
    const watch = new DiagnosticsWatch(new Warnings(logger));
    // As rulesets do that compile a flag when it is first read.
    const found: Diagnostic[] = [{ flagKey: 'a', severity: 'error', message: 'bad at once' }];
    const ruleset = Object.assign(new PlainRuleset({}), { diagnostics: found });
    watch.check(ruleset);
    watch.check(ruleset);
    found.push({ flagKey: 'b', path: 'targeting.if[0]', severity: 'error', message: 'bad later' });
    watch.check(ruleset);
    watch.check(ruleset);
    expect(logger.messages).toEqual([
      expect.stringContaining('flag "a": bad at once'),
      expect.stringContaining('flag "b", targeting.if[0]: bad later'),
    ]);
    expect(logger.messages[1]).not.toContain('bad at once');
  });

  it('are news again in the next definitions', () => {
    const logger = testLogger();
    const watch = new DiagnosticsWatch(new Warnings(logger));
    watch.check(new PlainRuleset({ a: { problem: 'bad' } }, { version: '1' }));
    watch.check(new PlainRuleset({ a: { problem: 'bad' } }, { version: '2' }));
    expect(logger.messages).toHaveLength(2);
  });
});
