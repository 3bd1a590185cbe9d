import { messageOf, type WebhookSignature } from '@halyard/core';
import type { WebhookOptions } from '../flags.ts';
import { invalidOption } from '../invalid-option.ts';
import type { ClientHandle } from '../process/shared-client.ts';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';
import { Problem, problemResponse } from './problem.ts';
import { readBody } from './request-body.ts';

/** Bytes: far more than any backend writes about one change. */
const MAX_BODY = 1024 * 1024;

/**
 * Makes the route handler that a backend calls when flags were changed: it checks the signature, and
 * fetches the definitions anew. Answers 204 when they are in use, 401 for a wrong signature, and 503
 * when they could not be fetched, so that the backend tries again.
 *
 * @throws HalyardError INVALID_OPTION when the secret is missing, or the backend signs no webhooks.
 */
export function createWebhook(
  settings: Settings,
  handle: ClientHandle,
  options: WebhookOptions,
): (request: Request) => Promise<Response> {
  const { webhook, name } = settings.clientOptions.source;
  if (webhook === undefined) {
    throw invalidOption(
      '`webhook`',
      `a source whose backend signs webhooks, which ${name} does not`,
    );
  }
  const secret: unknown = options?.secret;
  if (typeof secret !== 'string' || secret === '') {
    throw invalidOption('`secret` of webhook', `the secret that ${name} signs its webhooks with`);
  }
  return async (request) => {
    try {
      const body = await readBody(request, MAX_BODY);
      if (!(await isSigned(body, request, { secret, ...webhook }))) {
        throw new Problem(401, `the signature in ${webhook.header} is missing or wrong`);
      }
      const { lastError } = await handle.client().refresh({ anew: true });
      if (lastError === undefined) return new Response(null, { status: 204 });
      throw new Problem(503, 'the definitions could not be fetched; see the server log');
    } catch (error) {
      if (error instanceof Problem) return problemResponse(error);
      warnOnce(settings.logger, `the webhook failed: ${messageOf(error)}`);
      return problemResponse(new Problem(500, 'the webhook failed; see the server log'));
    }
  };
}

/** Compares in constant time: `verify` does. */
async function isSigned(
  body: Uint8Array,
  { headers }: Request,
  { header, secret }: WebhookSignature & { readonly secret: string },
): Promise<boolean> {
  const signature = bytesOf(headers.get(header) ?? '');
  if (signature === undefined) return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const raw = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, signature, body as BufferSource);
}

/** Hexadecimal digits as bytes; undefined for anything but the 64 digits of a SHA-256. */
function bytesOf(hex: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/.test(hex)) return undefined;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
