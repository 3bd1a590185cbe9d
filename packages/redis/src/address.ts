import { invalidOption } from './invalid-option.ts';

/** Where one Redis server listens. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, and who asks. */
export interface RedisAddress {
  /** One server, or some of a cluster's: any of them tells where the others are. */
  readonly nodes: readonly [RedisNode, ...RedisNode[]];
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  readonly usesTls: boolean;
}

const PORT = 6379;
const SCHEME = /^(rediss?)(\+cluster)?:\/\//i;
const EXPECTED =
  "an address such as 'redis://user:password@host:6379/0', 'rediss://…' for TLS, 'redis+cluster://host1:7000,host2:7000', or a list of addresses";

/**
 * Reads an address: `redis://` or `rediss://` (TLS), with `+cluster` for several nodes separated by
 * commas, or a list of addresses, of which the first tells user, password and database.
 *
 * @throws HalyardError INVALID_OPTION. It never shows the address, which may hold a password.
 */
export function readAddress(factory: string, given: unknown): RedisAddress {
  const texts: unknown[] = Array.isArray(given) ? given : [given];
  const addresses = texts.map((text) => parse(text));
  const [first] = addresses;
  if (first === undefined || addresses.includes(undefined)) {
    throw invalidOption(factory, 'url', EXPECTED);
  }
  const [node, ...others] = addresses.flatMap((address) => address?.nodes ?? []);
  return { ...first, nodes: [node ?? first.nodes[0], ...others] };
}

function parse(text: unknown): RedisAddress | undefined {
  if (typeof text !== 'string') return undefined;
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme === undefined) return undefined;
  const [, authority = '', path = ''] = /^([^/?#]*)(.*)$/.exec(text.slice(scheme.length)) ?? [];
  const at = authority.lastIndexOf('@');
  const hosts = authority.slice(at + 1).split(',');
  const [node, ...others] = hosts.map(parseNode).filter((found) => found !== undefined);
  const db = /^\/?(\d{0,4})$/.exec(path)?.[1];
  const credentials = parseCredentials(authority.slice(0, Math.max(at, 0)));
  if (node === undefined || others.length + 1 < hosts.length) return undefined;
  if (db === undefined || credentials === undefined) return undefined;
  const usesTls = scheme.toLowerCase().startsWith('rediss');
  return { nodes: [node, ...others], ...credentials, db: Number(db), usesTls };
}

/** A node as `host:port`, `host`, or `[address]:port`; undefined when it is none. */
export function parseNode(text: string): RedisNode | undefined {
  const [, ipv6, name, digits] =
    /^(?:\[([0-9a-f:.]+)\]|([^\s[\]:@/]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = digits === undefined ? PORT : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

function parseCredentials(text: string): Pick<RedisAddress, 'username' | 'password'> | undefined {
  const colon = text.indexOf(':');
  const username = colon < 0 ? text : text.slice(0, colon);
  const password = colon < 0 ? '' : text.slice(colon + 1);
  try {
    return {
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
    };
  } catch {
    // A percent sign that escapes nothing: the address is not one.
    return undefined;
  }
}
