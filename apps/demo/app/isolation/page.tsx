import { Suspense } from 'react';
import { NativeBadge } from '../../components/isolation/badges.tsx';
import { Late } from '../../components/isolation/late.tsx';
import { DEFAULT_BADGE } from '../../lib/flag-defaults.ts';
import { flags } from '../../lib/flags.ts';

/** Every badge on this page must be the visitor's own, however late it arrives. */
export default async function IsolationPage() {
  return (
    <main id="main" tabIndex={-1}>
      <h1>Isolation</h1>
      <p data-testid="server-badge">{await flags.get('visitor-badge', DEFAULT_BADGE)}</p>
      <NativeBadge testId="client-badge" />
      <Suspense fallback={<p>…</p>}>
        <Late milliseconds={50}>
          <NativeBadge testId="late-50-badge" />
        </Late>
      </Suspense>
      <Suspense fallback={<p>…</p>}>
        <Late milliseconds={150}>
          <NativeBadge testId="late-150-badge" />
        </Late>
      </Suspense>
    </main>
  );
}
