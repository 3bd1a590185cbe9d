import { OpenFeatureBadge } from '../../../components/isolation/badges.tsx';
import { BadgesPage } from '../../../components/isolation/badges-page.tsx';
import { OpenFeatureFlags } from '../../../components/isolation/open-feature-flags.tsx';

/** The same through the hooks of `@openfeature/react-sdk`. */
export default function OpenFeatureIsolationPage() {
  return (
    <OpenFeatureFlags>
      <BadgesPage Badge={OpenFeatureBadge} />
    </OpenFeatureFlags>
  );
}
