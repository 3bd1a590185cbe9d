import type { JsonValue } from '@halyard/core';
import { HookRecord } from './hook-record.ts';
import type { FeatureType } from './values.ts';
import type { Attributes, Details, WatchingHook, World } from './world.ts';

/** What one scenario's steps tell each other. */
export class ScenarioState {
  readonly world: World;
  /** The flag under test, once a step has named it. */
  flag: { type: FeatureType; flagKey: string; defaultValue: JsonValue } | undefined;
  context: Attributes = {};
  /** The context's contents before the evaluation, to compare with after it. */
  contextBefore: unknown;
  readonly hooks = new HookRecord();
  optionHooks: readonly WatchingHook[] = [];
  /** Levels of context, in increasing precedence. */
  levels: readonly string[] = [];
  /** Whether the evaluation was still running when its call returned. */
  wasPending = false;
  private last: Details | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** The details of the last evaluation. */
  get details(): Details {
    if (this.last === undefined) throw new Error('no flag was evaluated yet');
    return this.last;
  }

  /** How the backend says a reason that a feature names. */
  reason(named: string | undefined): string {
    return this.world.backend.reasonOf(named ?? '', this.details.value);
  }

  /** The flag under test. */
  get subject(): NonNullable<ScenarioState['flag']> {
    if (this.flag === undefined) throw new Error('no flag was named yet');
    return this.flag;
  }

  /** Evaluates the flag under test and keeps the details. */
  async evaluate(): Promise<void> {
    const evaluation = { ...this.subject, context: this.context, hooks: this.optionHooks };
    const details = this.world.evaluate(evaluation);
    let settled = false;
    const running = details.then((result) => {
      settled = true;
      this.last = result;
    });
    this.wasPending = !settled;
    await running;
  }
}
