import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs values that leave for the browser and come back. */
export interface ValueSigner {
  /** The value with an end and a signature, for a cookie. Both times are Unix seconds. */
  sign(value: unknown, expiresAt: number): string;
  /** The value; undefined for whatever was not signed here, was changed, or is over. Never throws. */
  open(text: string, now: number): unknown;
}

/**
 * Signs with HMAC-SHA-256. `purpose` keeps values of one kind from being taken for another where an
 * application has one secret for everything.
 */
export function valueSigner(secret: string, purpose: string): ValueSigner {
  const key = createHmac('sha256', secret).update(`halyard ${purpose} 1`).digest();
  const signatureOf = (payload: string) => createHmac('sha256', key).update(payload).digest();
  return {
    sign(value, expiresAt) {
      const payload = Buffer.from(JSON.stringify([expiresAt, value])).toString('base64url');
      return `${payload}.${signatureOf(payload).toString('base64url')}`;
    },
    open(text, now) {
      const [payload = '', signature = ''] = text.split('.', 2);
      const given = Buffer.from(signature, 'base64url');
      const own = signatureOf(payload);
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
      const [expiresAt, value] = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return expiresAt > now ? value : undefined;
    },
  };
}
