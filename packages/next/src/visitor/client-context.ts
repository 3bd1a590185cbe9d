import { isJsonObject } from '@halyard/core';
import type { ClientAttribute, ClientAttributeRule, ClientAttributes } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';
import type { ClientContextSettings } from './client-context-settings.ts';

/** Bytes of JSON: a browser takes cookies of 4 KB, and signed they are half as long again. */
const MAX_CONTEXT_BYTES = 2000;

/** The cookie in which the next request brings along what the browser has set. */
export function contextCookie(visitorCookie: string): string {
  return `${visitorCookie}-context`;
}

/** What the browser may set of what it asks to, or why it may not. */
export type AllowedContext =
  | { readonly attributes: ClientAttributes; readonly problem?: undefined }
  | { readonly attributes?: undefined; readonly problem: string };

/** Checks what a browser asks to set: all of it, or nothing. */
export function allowedContext(
  asked: unknown,
  { rules }: Pick<ClientContextSettings, 'rules'>,
): AllowedContext {
  if (!isJsonObject(asked)) return { problem: 'the context must be an object of attributes' };
  const names = Object.keys(asked);
  const unknown = names.find((name) => !rules.has(name));
  if (unknown !== undefined) {
    const allowed = [...rules.keys()].join(', ');
    return {
      problem: `${brief(unknown)} is no attribute that a page may set; those are ${allowed}`,
    };
  }
  const refused = names.find((name) => !isAllowed(asked[name], rules.get(name)));
  if (refused !== undefined)
    return { problem: `${brief(refused)} has a value that is not allowed` };
  if (Buffer.byteLength(JSON.stringify(asked)) > MAX_CONTEXT_BYTES) {
    return { problem: `the attributes must not exceed ${MAX_CONTEXT_BYTES} bytes` };
  }
  return { attributes: asked as ClientAttributes };
}

const NOTHING: ClientAttributes = Object.freeze({});

/**
 * What an earlier answer let the browser set. Checked again by the rules of now, which may be others than
 * those of the release that signed it.
 */
export function readContext(
  cookie: string | undefined,
  settings: ClientContextSettings | undefined,
): ClientAttributes {
  if (cookie === undefined || settings === undefined) return NOTHING;
  const signed = settings.signer.open(cookie, unixSeconds());
  return allowedContext(signed, settings).attributes ?? NOTHING;
}

/** What a cookie says for the browser to bring along. */
export function writeContext(
  attributes: ClientAttributes,
  { signer, maxAge }: ClientContextSettings,
): string {
  return signer.sign(attributes, unixSeconds() + maxAge);
}

/** Next must not take this for a page's own look at the clock (specs/platform.md §2.4). */
function unixSeconds(): number {
  return processSlot().detached(() => Math.floor(Date.now() / 1000));
}

function isAllowed(value: unknown, rule: ClientAttributeRule | undefined): boolean {
  if (!isAttribute(value)) return false;
  if (typeof rule === 'string') return typeof value === rule;
  if (typeof rule === 'object') return rule.includes(value);
  try {
    return rule?.(value) === true;
  } catch {
    // A rule that cannot take the value does not allow it.
    return false;
  }
}

function isAttribute(value: unknown): value is ClientAttribute {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A name may come from anybody and be of any length. */
function brief(name: string): string {
  return JSON.stringify(name.length > 50 ? `${name.slice(0, 50)}…` : name);
}
