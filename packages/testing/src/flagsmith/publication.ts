import { HalyardError } from '@halyard/core';
import type { FlagsmithDocumentLike } from './wire.ts';

/** A document that says when it was changed. */
export type DatedDocument = FlagsmithDocumentLike & { readonly updated_at: string };

/** The document that is being served. */
export class Publication {
  private held: DatedDocument;

  constructor(document: FlagsmithDocumentLike) {
    this.held = dated(document, document.updated_at ?? isoTime(Date.now()));
  }

  get document(): DatedDocument {
    return this.held;
  }

  /** Unix milliseconds. */
  get updatedAt(): number {
    return timeOf(this.held.updated_at);
  }

  /** Serves another document. `updatedAt`: ISO 8601. Default: now, and a later second than before. */
  replace(document: FlagsmithDocumentLike, updatedAt?: string): void {
    this.held = dated(document, updatedAt ?? isoTime(Math.max(Date.now(), this.nextSecond())));
  }

  /** HTTP dates count seconds: two changes within one would look like one to conditional requests. */
  private nextSecond(): number {
    return (Math.floor(this.updatedAt / 1_000) + 1) * 1_000;
  }
}

/** A copy, so that nothing is published by changing an object. */
function dated(document: FlagsmithDocumentLike, updated_at: string): DatedDocument {
  timeOf(updated_at);
  return { ...structuredClone(document), updated_at };
}

function timeOf(iso: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(iso);
  const time = Date.parse(hasZone ? iso : `${iso}Z`);
  if (!Number.isNaN(time)) return time;
  throw new HalyardError(
    'flagsmith emulator',
    'INVALID_DEFINITIONS',
    `updated_at is "${iso}". Give an ISO 8601 date with a time.`,
  );
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
