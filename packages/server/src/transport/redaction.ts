import type { HttpRequest } from '@halyard/core';

const PLACEHOLDER = '[redacted]';
/** What is only perhaps secret is none when shorter: hiding it would garble every message. */
const SHORTEST_GUESS = 8;

/** Removes a request's credentials from a text. */
export type Redact = (text: string) => string;

/** The `Authorization` header of HTTP Basic (RFC 7617), user name and password in UTF-8. */
export function basicAuthorization({ username, password }: { username: string; password: string }) {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/**
 * Knows everything in a request that is secret: what it declares as such, its Basic credentials, its
 * authorization and cookie headers, and the query of its address, which often carries a key. Each is
 * hidden as it is, as URLs and forms write it, and within JSON.
 */
export function redactionOf(request: HttpRequest): Redact {
  const forms = new Set<string>();
  for (const secret of secretsOf(request)) {
    forms.add(secret);
    forms.add(new URLSearchParams([['', secret]]).toString().slice(1));
    forms.add(encodeURIComponent(Buffer.from(secret).toString()));
    forms.add(JSON.stringify(secret).slice(1, -1));
  }
  forms.delete('');
  // The longest first: a short secret may be part of a long one.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((clean, form) => clean.replaceAll(form, PLACEHOLDER), text);
}

/** An address for messages: scheme, host and path. */
export function addressOf(request: HttpRequest, redact: Redact): string {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  // An address that does not parse may hold anything anywhere.
  if (url === undefined) return 'an address that is not valid';
  return redact(`${url.protocol}//${url.host}${url.pathname}`);
}

function secretsOf({ secrets = [], auth, headers = {}, url }: HttpRequest): string[] {
  const found = [...secrets];
  if (auth !== undefined) {
    found.push(auth.password, basicAuthorization(auth).slice('Basic '.length));
    if (auth.username.length >= SHORTEST_GUESS) found.push(auth.username);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^(authorization|proxy-authorization|cookie)$/i.test(name)) continue;
    found.push(value, value.replace(/^\S+\s+/, ''));
  }
  const query = /\?([^#]*)/.exec(url)?.[1];
  if (query !== undefined) found.push(...queryValues(query));
  const userInfo = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)@/i.exec(url)?.[1];
  if (userInfo !== undefined) found.push(userInfo, ...userInfo.split(':'));
  return found;
}

function queryValues(query: string): string[] {
  return [query, ...new URLSearchParams(query).values()].filter(
    ({ length }) => length >= SHORTEST_GUESS,
  );
}
