import { Suspense } from 'react';
import { OpenFeatureBadge } from '../../../components/isolation/badges.tsx';
import { Late } from '../../../components/isolation/late.tsx';
import { OpenFeatureFlags } from '../../../components/isolation/open-feature-flags.tsx';
import { DEFAULT_BADGE } from '../../../lib/flag-defaults.ts';
import { flags } from '../../../lib/flags.ts';

/** The same through the hooks of `@openfeature/react-sdk`. */
export default async function OpenFeatureIsolationPage() {
  return (
    <main id="main" tabIndex={-1}>
      <h1>Isolation through OpenFeature</h1>
      <p data-testid="server-badge">{await flags.get('visitor-badge', DEFAULT_BADGE)}</p>
      <OpenFeatureFlags>
        <OpenFeatureBadge testId="client-badge" />
        <Suspense fallback={<p>…</p>}>
          <Late milliseconds={50}>
            <OpenFeatureBadge testId="late-50-badge" />
          </Late>
        </Suspense>
        <Suspense fallback={<p>…</p>}>
          <Late milliseconds={150}>
            <OpenFeatureBadge testId="late-150-badge" />
          </Late>
        </Suspense>
      </OpenFeatureFlags>
    </main>
  );
}
