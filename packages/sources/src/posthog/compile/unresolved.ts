import { errorResolution, type Resolution } from '@halyard/core';
import {
  EXPERIENCE_CONTINUITY,
  isFailed,
  isForServer,
  MISSING_CONTEXT,
  reasonName,
  reasonOf,
  UNRESOLVED_DEPENDENCY,
  type Verdict,
} from '../dialect/verdict.ts';
import type { PosthogFlag } from '../wire.ts';
import { undecidedMetadata } from './metadata.ts';

/** The resolution of a flag that cannot be decided here; `remote` says whether PostHog's servers could. */
export function unresolved(flag: PosthogFlag, verdict: Verdict): Resolution {
  const code = isFailed(verdict) ? 'PARSE_ERROR' : 'GENERAL';
  const message = `flag "${flag.key}" ${messageFor(verdict)}`;
  const remote = Object.freeze({
    kind: isForServer(verdict) ? 'requires-server' : 'inconclusive',
    cause: reasonName(reasonOf(verdict)),
  } as const);
  return Object.freeze({ ...errorResolution(code, message, undecidedMetadata(flag)), remote });
}

/** Why, and what helps, for whoever reads the flag without asking PostHog's servers. */
function messageFor(verdict: Verdict): string {
  if (isFailed(verdict)) {
    return 'has a malformed definition, which cannot be evaluated. Look at the diagnostics, and correct the flag or the cohort in PostHog.';
  }
  switch (reasonOf(verdict)) {
    case MISSING_CONTEXT:
      return 'depends on something that the context does not have (missing_context). Give the properties that its conditions name, as texts, or turn on remote evaluation.';
    case UNRESOLVED_DEPENDENCY:
      return 'depends on another flag that cannot be decided here (unresolved_dependency). Explain that flag, or turn on remote evaluation.';
    case EXPERIENCE_CONTINUITY:
      return "persists across authentication, which only PostHog's servers can see to (experience_continuity). Turn that off in PostHog, or turn on remote evaluation.";
    default:
      return "has a definition that cannot be evaluated here, such as a static cohort or an operator that only PostHog's servers know (unsupported_definition). Change it in PostHog, or turn on remote evaluation.";
  }
}
