import { createHmac, timingSafeEqual } from 'node:crypto';
import { FINGERPRINT_BYTES, type Schema } from './schema.ts';

/** Bytes of a signature: 80 bits, which nobody finds by asking a server. */
const SIGNATURE_BYTES = 10;

/** Characters of the longest code that is looked at: far more flags than anybody chooses. */
const MAX_CODE_LENGTH = 500;

/** Signs a page's codes. Codes of other flags, and of other secrets, are not its own. */
export interface CodeKey {
  sign(parts: readonly Uint8Array[]): Buffer;
}

/** What a code says, as far as that can be told without its schema. */
export interface SignedCode {
  readonly fingerprint: Buffer;
  /** The numbers of the outcomes, packed. */
  readonly packed: Buffer;
}

/** The key of one set of flags. The text before them keeps these signatures apart from any others. */
export function codeKey(secret: string, keys: readonly string[]): CodeKey {
  const purpose = `halyard precompute 1\n${JSON.stringify(keys.toSorted())}`;
  const key = createHmac('sha256', secret).update(purpose).digest();
  return {
    sign(parts) {
      const hmac = createHmac('sha256', key);
      for (const part of parts) hmac.update(part);
      return hmac.digest().subarray(0, SIGNATURE_BYTES);
    },
  };
}

/** The code of one combination, for URLs: fingerprint, signature, then the numbers of the outcomes. */
export function encodeCode(key: CodeKey, schema: Schema, numbers: readonly number[]): string {
  const { fingerprint } = schema;
  const packed = pack(schema, numbers);
  const signature = key.sign([fingerprint, packed]);
  return Buffer.concat([fingerprint, signature, packed]).toString('base64url');
}

/** Undefined for whatever was not made with this key, to the last bit. */
export function openCode(key: CodeKey, code: string): SignedCode | undefined {
  if (typeof code !== 'string' || code.length > MAX_CODE_LENGTH) return undefined;
  const bytes = Buffer.from(code, 'base64url');
  // One code has one spelling: what decodes alike is not the same address.
  if (bytes.toString('base64url') !== code) return undefined;
  const fingerprint = bytes.subarray(0, FINGERPRINT_BYTES);
  const signature = bytes.subarray(FINGERPRINT_BYTES, FINGERPRINT_BYTES + SIGNATURE_BYTES);
  const packed = bytes.subarray(FINGERPRINT_BYTES + SIGNATURE_BYTES);
  if (signature.length !== SIGNATURE_BYTES) return undefined;
  const isOurs = timingSafeEqual(signature, key.sign([fingerprint, packed]));
  return isOurs ? { fingerprint, packed } : undefined;
}

/** All numbers as one, in a mixed radix: a flag takes as many bits as it has outcomes. */
function pack(schema: Schema, numbers: readonly number[]): Buffer {
  const packed = schema.flags.reduce(
    (sum, { outcomes }, i) => sum * BigInt(outcomes.length) + BigInt(numbers[i] ?? 0),
    0n,
  );
  const hex = packed.toString(16).padStart(2 * packedLength(schema), '0');
  return Buffer.from(hex, 'hex');
}

/** The numbers of the outcomes, in the order of the schema's flags; undefined if it does not fit them. */
export function unpack(schema: Schema, packed: Buffer): readonly number[] | undefined {
  if (packed.length !== packedLength(schema)) return undefined;
  let rest = BigInt(`0x0${packed.toString('hex')}`);
  const numbers: number[] = [];
  for (const { outcomes } of schema.flags.toReversed()) {
    numbers.unshift(Number(rest % BigInt(outcomes.length)));
    rest /= BigInt(outcomes.length);
  }
  return rest === 0n ? numbers : undefined;
}

/** How many bytes every combination of a schema fits in. */
function packedLength(schema: Schema): number {
  const product = schema.flags.reduce((size, { outcomes }) => size * BigInt(outcomes.length), 1n);
  return Math.ceil((product - 1n).toString(16).length / 2);
}
