import type { JsonValue } from '@halyard/core';

/** The types the features name. JavaScript has one type for both kinds of number. */
export type FeatureType = 'boolean' | 'string' | 'integer' | 'float' | 'object';

/** A type as a feature writes it: `Boolean`, `boolean` … */
export function featureType(name: string): FeatureType {
  const type = name.toLowerCase();
  if (/^(boolean|string|integer|float|object)$/.test(type)) return type as FeatureType;
  throw new Error(`the features name an unknown type: ${name}`);
}

/** A value as a feature writes it, such as `true`, `0.5` or `{\"a\": 1}`. */
export function parseValue(type: FeatureType, text: string): JsonValue {
  const plain = text.replaceAll('\\"', '"');
  if (type === 'string') return plain;
  if (type === 'boolean' && plain !== 'true' && plain !== 'false') {
    throw new Error(`not a boolean: ${plain}`);
  }
  return JSON.parse(plain) as JsonValue;
}
