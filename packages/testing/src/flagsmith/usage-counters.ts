import { forgetOldest } from '../bounded-map.ts';
import { KEPT } from '../emulator/kept.ts';
import { jsonBody, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';

/** How often features were read, as `analytics/flags/` was told. */
export class UsageCounters {
  private readonly counts = new Map<string, number>();

  /** The sum by feature name. */
  totals(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  answer(request: ReceivedRequest): Reply {
    const reported = Object.entries(jsonBody(request));
    const wrong = reported.find(([, count]) => !isCount(count));
    if (wrong !== undefined) throw new Refusal(400, `${wrong[0]}: A valid count is required.`);
    for (const [feature, count] of reported) {
      this.counts.set(feature, (this.counts.get(feature) ?? 0) + Number(count));
    }
    forgetOldest(this.counts, KEPT);
    return {};
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
