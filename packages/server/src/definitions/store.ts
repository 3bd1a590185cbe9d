import type { HalyardError, Ruleset } from '@halyard/core';
import type { ClientStatus, RefreshCounters } from '../client.ts';
import type { Definitions, LoadedDefinitions } from './held.ts';

/**
 * The definitions in use, how old they are, and how refreshing them went. What is held is replaced by
 * newer definitions and by nothing else: failures leave it in place, however many they are. Fallback
 * definitions have no age: nobody has confirmed them.
 */
export class DefinitionsStore {
  private readonly staleAfter: number;
  private counts = { changed: 0, unchanged: 0, failed: 0 };
  held: Definitions | undefined;
  /** Where those held came from. */
  from: ClientStatus['origin'];
  /** Unix milliseconds at which the definitions were last loaded or confirmed. */
  confirmedAt: number | undefined;
  /** From when on reads are stale, in Unix milliseconds. */
  staleAt = Number.POSITIVE_INFINITY;
  lastError: HalyardError | undefined;

  /** `staleAfter` in milliseconds; Infinity for definitions that do not age. */
  constructor(staleAfter: number) {
    this.staleAfter = staleAfter;
  }

  get ruleset(): Ruleset | undefined {
    return this.held?.ruleset;
  }

  get refreshes(): RefreshCounters {
    return { ...this.counts };
  }

  ageMs(now: number): number | undefined {
    // A clock that was set back makes nothing younger than new.
    return this.confirmedAt === undefined ? undefined : Math.max(0, now - this.confirmedAt);
  }

  /** When the backend gave this process the definitions of that version, if it did and they are held. */
  loadedAt(version: string): number | undefined {
    return this.held?.ruleset.version === version ? this.held.loadedAt : undefined;
  }

  /** Takes over what an attempt brought. Returns the ruleset that was replaced, if one was. */
  loaded(
    result: LoadedDefinitions,
    now: number,
  ): { readonly replaced: Ruleset | undefined } | undefined {
    this.lastError = undefined;
    this.confirmedAt = Math.min(now, this.confirmation(result, now));
    this.staleAt = this.confirmedAt + this.staleAfter;
    if (result.kind === 'unchanged') {
      this.counts.unchanged++;
      if (this.held !== undefined) {
        const { validator, loadedAt = this.held.loadedAt } = result;
        this.held = { ...this.held, validator, ...(loadedAt !== undefined && { loadedAt }) };
      }
      return undefined;
    }
    const replaced = this.held?.ruleset;
    this.counts.changed++;
    this.held = result.definitions;
    this.from = 'source';
    return { replaced };
  }

  /** Takes over fallback definitions, unless the source was faster. Whether it did. */
  takeFallback(definitions: Definitions): boolean {
    if (this.held !== undefined) return false;
    this.held = definitions;
    this.from = 'fallback';
    return true;
  }

  failed(error: HalyardError): void {
    this.counts.failed++;
    this.lastError = error;
  }

  /** When the source vouched for what an attempt brought: what is held may be confirmed since. */
  private confirmation({ kind, confirmedAt }: LoadedDefinitions, now: number): number {
    if (confirmedAt === undefined) return now;
    return kind === 'unchanged' ? Math.max(confirmedAt, this.confirmedAt ?? 0) : confirmedAt;
  }

  /** Lets go of the definitions, for good. */
  release(): void {
    this.held = undefined;
    this.from = undefined;
    this.confirmedAt = undefined;
    this.staleAt = Number.POSITIVE_INFINITY;
  }
}
