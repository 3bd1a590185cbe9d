import type { HttpRequest, Ruleset, UpdateStream } from '@halyard/core';
import type { FlagsmithRuleset } from '../compile.ts';
import { USER_AGENT } from './api.ts';

/** Seconds since 1970 are smaller than this until the year 5138, milliseconds have been larger since 1973. */
const SMALLEST_MILLISECONDS = 1e11;

/**
 * Flagsmith's stream of server-sent events. Its address contains the environment's client-side key,
 * which the environment document tells. Edits of single identities produce no event.
 */
export function realtimeUpdates(url: string): UpdateStream {
  return {
    request(held): HttpRequest | undefined {
      const key = keyOf(held);
      if (key === undefined) return undefined;
      return {
        url: `${url}sse/environments/${encodeURIComponent(key)}/stream`,
        method: 'GET',
        headers: { accept: 'text/event-stream', 'user-agent': USER_AGENT },
      };
    },
    isNews({ data }, held) {
      const announced = announcedBy(data);
      if (announced === undefined) return false;
      const known = (held as FlagsmithRuleset | undefined)?.updatedAt;
      return known === undefined || announced > known;
    },
  };
}

function keyOf(held: Ruleset | undefined): string | undefined {
  return held?.source === 'flagsmith' ? (held as FlagsmithRuleset).environmentKey : undefined;
}

/** When a message says that the environment was changed, in Unix milliseconds. */
function announcedBy(data: string): number | undefined {
  try {
    const { updated_at: time }: { updated_at?: unknown } = Object(JSON.parse(data));
    if (typeof time !== 'number' || !Number.isFinite(time)) return undefined;
    return time < SMALLEST_MILLISECONDS ? time * 1000 : time;
  } catch {
    // Other messages, such as those that keep the connection open, say nothing of changes.
    return undefined;
  }
}
