import type { ConnectionOptions } from 'node:tls';
import { readAddress } from './address.ts';
import type { ConnectSettings } from './connect.ts';
import { invalidOption } from './invalid-option.ts';
import { readNumber } from './read-number.ts';

/** Where Redis is, and how long to wait for it. */
export interface RedisConnectionOptions {
  /**
   * `redis://user:password@host:6379/0`, or `rediss://…` for TLS. A cluster as
   * `redis+cluster://host1:7000,host2:7000` (`rediss+cluster://…`), or a list of addresses.
   */
  readonly url: string | readonly string[] | undefined;
  /** Certificates and the like, for addresses with TLS: as for `tls.connect` of Node. */
  readonly tls?: ConnectionOptions;
  /** What the names of all keys begin with; without braces. Default: `halyard:`. */
  readonly keyPrefix?: string;
  /** Milliseconds that connecting, and any one command, may take. Default: 1000. */
  readonly timeout?: number;
}

/** Checked, and with every default filled in. */
export interface ConnectionSettings extends ConnectSettings {
  readonly keyPrefix: string;
}

/** @throws HalyardError INVALID_OPTION, naming the option. It never shows what was given. */
export function readConnection(
  factory: string,
  options: RedisConnectionOptions,
): ConnectionSettings {
  if (typeof options !== 'object' || options === null) {
    throw invalidOption(factory, 'the options', 'an object with at least `url`');
  }
  const { keyPrefix = 'halyard:', tls } = options;
  const address = readAddress(factory, options.url);
  if (tls !== undefined && !address.usesTls) {
    throw invalidOption(factory, 'tls', 'absent where `url` is not one with TLS (rediss://)');
  }
  if (typeof keyPrefix !== 'string' || /[{}]/.test(keyPrefix)) {
    throw invalidOption(factory, 'keyPrefix', 'a text without braces');
  }
  const timeout = readNumber(options.timeout ?? 1000, { factory, option: 'timeout' });
  return { address, tls, keyPrefix, timeout };
}
