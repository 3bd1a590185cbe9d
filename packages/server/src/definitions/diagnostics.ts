import type { Diagnostic, Ruleset } from '@halyard/core';
import { type Warnings, warning } from '../warnings.ts';

/** How many diagnostics a warning spells out. */
const SPELLED_OUT = 3;

/**
 * Warns about what is wrong within definitions: when they come into use, and later about flags that
 * turned out to be invalid when they were first read.
 */
export class DiagnosticsWatch {
  private readonly warnings: Warnings;
  private ruleset: Ruleset | undefined;
  private reported = 0;

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  check(ruleset: Ruleset): void {
    if (ruleset !== this.ruleset) this.reported = 0;
    this.ruleset = ruleset;
    const fresh = ruleset.diagnostics.slice(this.reported);
    if (fresh.length === 0) return;
    this.reported += fresh.length;
    this.warnings.warn(warning(ruleset.source, describe(fresh, ruleset.version)));
  }
}

function describe(diagnostics: readonly Diagnostic[], version: string): string {
  const spelled = diagnostics.slice(0, SPELLED_OUT).map(line).join('; ');
  const more = diagnostics.length - SPELLED_OUT;
  const rest = more > 0 ? `; and ${more} more, see status().diagnostics` : '';
  return `the definitions (version ${version}) have problems: ${spelled}${rest}`;
}

function line({ flagKey, path, message }: Diagnostic): string {
  const place = [flagKey === undefined ? '' : `flag "${flagKey}"`, path ?? ''].filter(Boolean);
  return place.length === 0 ? message : `${place.join(', ')}: ${message}`;
}
