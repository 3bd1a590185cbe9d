import type { JsonValue } from '@halyard/core';
import { type FlagdDocument, type FlagdFlag, flagdUrl } from '@halyard/sources/flagd';
import { startHttpServer } from '@halyard/testing';
import { readFlagFile, type SpecCondition, type SpecFlag } from '../flag-file.ts';
import type { RunningBackend, SpecBackend } from './backend.ts';

/** flagd's definitions, at an address. */
export const flagd: SpecBackend = {
  name: 'flagd',
  start,
  contextOf: (attributes) => attributes,
  reasonOf: (reason) => reason,
  reasons: [],
  skips: [],
};

async function start(): Promise<RunningBackend> {
  const server = await startHttpServer({ body: documentOf(readFlagFile()) });
  return {
    source: flagdUrl(server.url),
    fail: (reply) => server.respond(reply),
    asked: () => server.received(1),
    close: () => server.close(),
  };
}

function documentOf(flags: readonly SpecFlag[]): FlagdDocument {
  return { flags: Object.fromEntries(flags.map((flag) => [flag.key, flagOf(flag)])) };
}

function flagOf({
  isDisabled,
  variants,
  defaultVariant,
  metadata,
  targeting,
}: SpecFlag): FlagdFlag {
  return {
    state: isDisabled ? 'DISABLED' : 'ENABLED',
    variants,
    ...(defaultVariant !== undefined && { defaultVariant }),
    ...(metadata !== undefined && { metadata }),
    ...(targeting !== undefined && {
      // null, and not the default variant: targeting that does not match has the reason DEFAULT.
      targeting: { if: [{ and: targeting.conditions.map(logicOf) }, targeting.variant, null] },
    }),
  };
}

function logicOf(condition: SpecCondition): JsonValue {
  const attribute = { var: condition.attribute };
  if (condition.is === 'falsy') return { '!': [attribute] };
  return { [condition.is === 'equal' ? '===' : '>']: [attribute, condition.value] };
}
