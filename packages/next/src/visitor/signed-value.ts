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
  const signatureOf = (payload: string) =>
    createHmac('sha256', key).update(payload).digest('base64url');
  return {
    sign(value, expiresAt) {
      const payload = Buffer.from(JSON.stringify([expiresAt, value])).toString('base64url');
      return `${payload}.${signatureOf(payload)}`;
    },
    open(text, now) {
      const end = text.indexOf('.');
      const payload = text.slice(0, Math.max(end, 0));
      // As texts: bytes have more than one spelling, and what was changed is not what was signed.
      const given = Buffer.from(text.slice(end + 1));
      const own = Buffer.from(signatureOf(payload));
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
      const content = contentOf(payload);
      if (!Array.isArray(content)) return undefined;
      const [expiresAt, value] = content as readonly unknown[];
      return typeof expiresAt === 'number' && expiresAt > now ? value : undefined;
    },
  };
}

function contentOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    // Signed, and yet not what is signed here: made by something else that has the secret.
    return undefined;
  }
}
