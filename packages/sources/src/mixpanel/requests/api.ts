import { HALYARD_VERSION, HalyardError, type HttpRequest, readHeaderOption } from '@halyard/core';

/** A user of a project that is a program, made under Organization Settings, Service Accounts. */
export interface MixpanelServiceAccount {
  readonly username: string;
  /** It never leaves the server. */
  readonly secret: string;
  /** The number of the project, as a text. */
  readonly projectId: string;
}

/** The options that every way to reach Mixpanel has. */
export interface MixpanelApiOptions {
  /** The project's token. It never appears in errors or logs. */
  readonly token: string;
  /** Shown instead of the token, and what exposures are imported with. Default: none. */
  readonly serviceAccount?: MixpanelServiceAccount;
  /**
   * Where the API is: a host name, or an absolute address. Default: `api.mixpanel.com`. Projects in the
   * European Union are at `api-eu.mixpanel.com`, those in India at `api-in.mixpanel.com`.
   */
  readonly apiHost?: string;
  /** Sent with every request, over Halyard's own. Their values never appear in errors or logs. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where Mixpanel is, and what requests to it carry. */
export interface MixpanelApi {
  /** Its address, without a slash at the end. */
  readonly address: string;
  readonly token: string;
  readonly serviceAccount: MixpanelServiceAccount | undefined;
  /** What the token or the service account is shown as. */
  readonly auth: Required<HttpRequest>['auth'];
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

const DEFAULT_HOST = 'api.mixpanel.com';

/** How requests and events name the library that makes them. */
export const LIBRARY = 'halyard';

/** Checks the options; @throws HalyardError INVALID_OPTION, naming the wrong one. */
export function readApi(factory: string, options: MixpanelApiOptions | undefined): MixpanelApi {
  const { token: given, serviceAccount, apiHost = DEFAULT_HOST, headers } = Object(options);
  const token = textOf(given);
  if (token === '') {
    throw invalidOption(
      `\`token\` of ${factory} must be the project's token. Find it in Mixpanel under Settings, Project Settings`,
    );
  }
  const account = readServiceAccount(factory, serviceAccount);
  const own = readHeaderOption({ part: 'mixpanel', factory }, headers);
  return {
    address: readAddress(factory, apiHost),
    token,
    serviceAccount: account,
    auth:
      account === undefined
        ? { username: token, password: '' }
        : { username: account.username, password: account.secret },
    headers: { 'user-agent': `${LIBRARY}/${HALYARD_VERSION}`, ...own },
    secrets: [token, ...(account === undefined ? [] : [account.secret]), ...Object.values(own)],
  };
}

function readServiceAccount(
  factory: string,
  given: MixpanelServiceAccount | undefined,
): MixpanelServiceAccount | undefined {
  if (given === undefined) return undefined;
  const read = (name: keyof MixpanelServiceAccount): string => {
    const text = textOf(Object(given)[name]);
    if (text !== '') return text;
    throw invalidOption(
      `\`serviceAccount.${name}\` of ${factory} must be a text that is not empty. A service account has a user name and a secret, and \`projectId\` is the number of the project as a text`,
    );
  };
  return { username: read('username'), secret: read('secret'), projectId: read('projectId') };
}

function readAddress(factory: string, host: unknown): string {
  const given = textOf(host).replace(/\/+$/, '');
  if (/^[a-z\d][a-z\d.-]*(?::\d+)?$/i.test(given)) return `https://${given}`;
  if (/^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/i.test(given)) return given;
  // The address itself stays out of the message: it may hold a credential.
  throw invalidOption(
    `\`apiHost\` of ${factory} must be a host name such as ${DEFAULT_HOST}, or an absolute http:// or https:// address without user name, query and fragment`,
  );
}

function textOf(given: unknown): string {
  return typeof given === 'string' ? given.trim() : '';
}

/** A wrong option of one of the factories. */
export function invalidOption(message: string): HalyardError {
  return new HalyardError('mixpanel', 'INVALID_OPTION', `${message}.`);
}
