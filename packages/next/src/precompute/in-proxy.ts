import { messageOf } from '@halyard/core';
import type { ClientSnapshot } from '@halyard/server';
import { NextResponse } from 'next/server.js';
import { processSlot } from '../process/process-slot.ts';
import { warnOnce } from '../process/warn-once.ts';
import { decided } from '../request/decided.ts';
import { rethrowFrameworkSignal } from '../request/framework-signals.ts';
import { encodeCode } from './code.ts';
import type { PrecomputedPage } from './page.ts';
import type { PageParts } from './parts.ts';
import { numberOf } from './schema.ts';
import { rewritten } from './transport.ts';

/** Next's own page for what does not exist, which it serves with the status 404. */
const NOT_FOUND_PATH = '/_not-found';

/** The proxy's side: it alone gives out codes, and shows a visitor no other page than their own. */
export function pageInProxy(
  parts: PageParts,
): Pick<PrecomputedPage<unknown>, 'code' | 'pathOf' | 'rewrite'> {
  const { settings, currentVisit, precompute, codeKey, unlisted } = parts;
  const { transport, onMismatch } = precompute;

  /** Total like any read: only Next's signals travel on. */
  async function code(): Promise<string> {
    try {
      const { snapshot } = await currentVisit();
      if (snapshot !== undefined) {
        const known = await decided(snapshot, settings, parts.keys);
        return codeOf(known, parts);
      }
    } catch (error) {
      rethrowFrameworkSignal(error);
      warnOnce(settings.logger, `precompute: no code could be made: ${messageOf(error)}`);
    }
    return encodeCode(codeKey, unlisted, []);
  }

  return {
    code,
    pathOf: (request) => transport.receive(request).pathname,
    async rewrite(request, response = NextResponse.next()) {
      const { code: given } = transport.receive(request);
      const exists =
        given === undefined ||
        onMismatch === 're-evaluate' ||
        (await parts.readCode(given)) !== undefined;
      const answer = exists
        ? transport.send(request, await code(), response)
        : rewritten(request, NOT_FOUND_PATH, response);
      // Next lets shared caches keep static pages, and they would give everybody this visitor's.
      answer.headers.set('cache-control', 'private, no-cache');
      return answer;
    },
  };
}

/** The code of what the flags come out as in this snapshot. */
function codeOf(snapshot: ClientSnapshot, parts: PageParts): string {
  const { detached } = processSlot();
  const schema = parts.definitions.schemaIn(snapshot);
  const numbers = schema.flags.map((flag) => {
    const resolution = detached(() => snapshot.resolve(flag.key));
    const number = numberOf(flag, resolution);
    if (number !== undefined) return number;
    warnOnce(
      parts.settings.logger,
      `precompute: "${flag.key}" came out as something that its definition does not list. Pages have its default then.`,
    );
    return 0;
  });
  return encodeCode(parts.codeKey, schema, numbers);
}
