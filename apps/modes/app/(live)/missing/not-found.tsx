import { Read } from '../../../components/read.tsx';
import { FlagGate } from '../../../lib/flag-gate.ts';

/** Shown in the place of the page. Next renders it along with the page, shown or not. */
export default function NotFound() {
  return (
    <main data-page="missing-not-found">
      <Read flag="not-found-get" />
      <FlagGate flag="not-found-gate" default={false}>
        There is no such page.
      </FlagGate>
    </main>
  );
}
