import { FlagGate } from '../../../lib/flag-gate.ts';

export default function Page() {
  return (
    <main data-page="server-gate">
      <FlagGate flag="server-gate" default={false}>
        <p>server-gate</p>
      </FlagGate>
    </main>
  );
}
