import { sha1 } from '@halyard/core';
import { parseVisitorId } from './visitor-cookie.ts';

/**
 * Which accounts have kept an anonymous id on this browser: digests of account ids to visitor ids, the
 * one signed in last at the end.
 */
export type KeptIds = ReadonlyMap<string, string>;

/** Accounts a browser remembers; those that signed in longest ago are forgotten. */
const MAX_ACCOUNTS = 4;

/** The cookie that holds them, beside the visitor's own. */
export function keptIdsCookie(visitorCookie: string): string {
  return `${visitorCookie}-kept`;
}

/** Reads the cookie. Whatever is in it and makes no sense is left out. */
export function parseKeptIds(text: string | undefined): KeptIds {
  const kept = new Map<string, string>();
  for (const entry of (text ?? '').split('~').slice(-MAX_ACCOUNTS)) {
    const [, digest, id] = /^([0-9a-f]{16})\.(.+)$/.exec(entry) ?? [];
    const visitorId = parseVisitorId(id);
    if (digest !== undefined && visitorId !== undefined) kept.set(digest, visitorId);
  }
  return kept;
}

/** Writes what {@link parseKeptIds} reads. */
export function formatKeptIds(kept: KeptIds): string {
  return [...kept]
    .slice(-MAX_ACCOUNTS)
    .map(([digest, visitorId]) => `${digest}.${visitorId}`)
    .join('~');
}

/**
 * With this visitor id kept by the account. An id it kept earlier stays, since its values must not change
 * again; and an id that another account has kept is that one's, since two people are not one subject.
 */
export function withKeptId(kept: KeptIds, accountId: string, visitorId: string): KeptIds {
  const own = digestOf(accountId);
  const before = kept.get(own);
  if (before === undefined && [...kept.values()].includes(visitorId)) return kept;
  const others = [...kept].filter(([digest]) => digest !== own);
  return new Map([...others, [own, before ?? visitorId]]);
}

/** With nothing kept by the account. */
export function withoutKeptId(kept: KeptIds, accountId: string): KeptIds {
  const own = digestOf(accountId);
  return new Map([...kept].filter(([digest]) => digest !== own));
}

/** The visitor id that an account has kept on this browser. */
export function keptIdOf(kept: KeptIds, accountId: string): string | undefined {
  return kept.get(digestOf(accountId));
}

/** Tells accounts apart without saying whose they are. */
function digestOf(accountId: string): string {
  return sha1(accountId).slice(0, 16);
}
