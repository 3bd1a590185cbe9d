import { NativeBadge } from '../../components/isolation/badges.tsx';
import { BadgesPage } from '../../components/isolation/badges-page.tsx';

/** Read a thousand times at once, by visitors whose values all differ. */
export default function IsolationPage() {
  return <BadgesPage Badge={NativeBadge} />;
}
