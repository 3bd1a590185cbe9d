import { type ComponentType, Suspense } from 'react';
import { badge } from '../../lib/badge.ts';
import { BadgeForm } from './badge-form.tsx';
import { Late } from './late.tsx';

interface BadgesPageProps {
  /** The badge as client components read it. */
  readonly Badge: ComponentType<{ readonly testId: string }>;
}

/** Every badge on this page must be the visitor's own, however late it arrives. */
export async function BadgesPage({ Badge }: BadgesPageProps) {
  return (
    <main>
      <b data-testid="in-page">{await badge()}</b>
      <Badge testId="in-client" />
      <BadgeForm />
      <Suspense fallback={<i>…</i>}>
        <Late milliseconds={50}>
          <Badge testId="late-50" />
        </Late>
      </Suspense>
      <Suspense fallback={<i>…</i>}>
        <Late milliseconds={150}>
          <Badge testId="late-150" />
        </Late>
      </Suspense>
    </main>
  );
}
