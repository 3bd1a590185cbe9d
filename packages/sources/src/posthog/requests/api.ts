import { HALYARD_VERSION, HalyardError, readHeaderOption } from '@halyard/core';

/** Where PostHog is, and what every request to it carries. */
export interface PosthogApi {
  /** Without a slash at its end. */
  readonly host: string;
  /** The project's public key, which requests call its token. */
  readonly projectKey: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Where flags are evaluated here; empty for everywhere. */
  readonly evaluationContexts: readonly string[];
}

/** The options that every way to reach PostHog has. */
export interface PosthogApiOptions {
  /** The project's public key, which begins with `phc_`. It is no secret. */
  readonly projectKey: string;
  /**
   * PostHog's address. Default: `https://us.i.posthog.com`. Projects in the European Union are at
   * `https://eu.i.posthog.com`.
   */
  readonly host?: string;
  /** Sent with every request, over Halyard's own. Their values never appear in errors or logs. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Where flags are evaluated here, such as `['server', 'checkout']`: flags for other places do not exist.
   * Default: all flags are for here.
   */
  readonly evaluationContexts?: readonly string[];
}

const DEFAULT_HOST = 'https://us.i.posthog.com';

/** How requests and events name their sender. */
export const USER_AGENT = `halyard/${HALYARD_VERSION}`;

/** Checks the options; @throws HalyardError INVALID_OPTION, naming the wrong one. */
export function readApi(factory: string, options: PosthogApiOptions | undefined): PosthogApi {
  const { projectKey, host = DEFAULT_HOST, headers, evaluationContexts = [] } = Object(options);
  if (typeof projectKey !== 'string' || !/^[\w.~-]+$/.test(projectKey.trim())) {
    throw invalidOption(
      `\`projectKey\` of ${factory} must be the project's API key, which begins with \`phc_\`. Find it in PostHog under Settings, Project`,
    );
  }
  const own = readHeaderOption({ part: 'posthog', factory }, headers);
  return {
    host: readHost(factory, host),
    projectKey: projectKey.trim(),
    headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT, ...own },
    secrets: Object.values(own),
    evaluationContexts: readContexts(factory, evaluationContexts),
  };
}

/** Checks the key that gives access to definitions. */
export function readSecretKey(key: unknown): string {
  const secret = typeof key === 'string' ? key.trim() : '';
  if (secret.includes('phc_')) {
    throw invalidOption(
      "`secretKey` of posthog holds the project's API key (`phc_…`), which browsers know and which may not see definitions. Give that one as `projectKey`, and here a project secret key (`phs_…`) or a personal API key (`phx_…`) that may read feature flags",
    );
  }
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  throw invalidOption(
    '`secretKey` of posthog must be a project secret key (`phs_…`) or a personal API key (`phx_…`) that may read feature flags, a text without spaces. Without one, use posthogRemote',
  );
}

function readHost(factory: string, host: unknown): string {
  const address = typeof host === 'string' ? host.trim().replace(/\/+$/, '') : '';
  if (/^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/i.test(address)) return address;
  // The address itself stays out of the message: it may hold a credential.
  throw invalidOption(
    `\`host\` of ${factory} must be an absolute http:// or https:// address without user name, query and fragment`,
  );
}

function readContexts(factory: string, contexts: unknown): readonly string[] {
  if (Array.isArray(contexts) && contexts.every((one) => typeof one === 'string')) return contexts;
  throw invalidOption(`\`evaluationContexts\` of ${factory} must be a list of texts`);
}

/** A wrong option of one of the factories. */
export function invalidOption(message: string): HalyardError {
  return new HalyardError('posthog', 'INVALID_OPTION', `${message}.`);
}
