import { isJsonObject } from '@halyard/core';
import { queryOf } from '../emulator/address.ts';
import { jsonBody, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest } from '../http-reply.ts';
import type { FlagsmithTraitValue } from './wire.ts';

/** What a request to `identities/` says. */
export interface IdentityRequest {
  readonly identifier: string;
  /** Not to be stored. */
  readonly transient: boolean;
  readonly traits: readonly TraitInput[];
}

export interface TraitInput {
  readonly key: string;
  /** null deletes the stored trait. */
  readonly value: FlagsmithTraitValue | null;
  /** Not to be stored. */
  readonly transient: boolean;
}

const LONGEST_TEXT = 2_000;

/** Reads a request to `identities/`. Refuses (400) what the API would not accept. */
export function identityRequest(request: ReceivedRequest): IdentityRequest {
  if (request.method === 'GET') return fromQuery(queryOf(request));
  const { identifier, transient = false, traits = [] } = jsonBody(request);
  if (!Array.isArray(traits)) throw new Refusal(400, 'traits: Expected a list of items.');
  return {
    identifier: nonEmpty(identifier, 'identifier'),
    transient: boolean(transient, 'transient'),
    traits: traits.map(traitInput),
  };
}

function fromQuery(query: URLSearchParams): IdentityRequest {
  return {
    identifier: nonEmpty(query.get('identifier'), 'identifier'),
    transient: query.get('transient')?.toLowerCase() === 'true',
    traits: [],
  };
}

function traitInput(input: unknown, index: number): TraitInput {
  const path = `traits[${index}]`;
  if (!isJsonObject(input)) throw new Refusal(400, `${path}: Expected an object.`);
  const { trait_key, trait_value, transient = false } = input;
  if (!isTraitValue(trait_value) && trait_value !== null) {
    throw new Refusal(400, `${path}.trait_value: Not a boolean, a number, a short text or null.`);
  }
  return {
    key: nonEmpty(trait_key, `${path}.trait_key`),
    value: trait_value,
    transient: boolean(transient, `${path}.transient`),
  };
}

function isTraitValue(value: unknown): value is FlagsmithTraitValue {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT;
  return typeof value === 'boolean' || typeof value === 'number';
}

function nonEmpty(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(400, `${name}: This field is required.`);
}

function boolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new Refusal(400, `${name}: Must be a valid boolean.`);
}
