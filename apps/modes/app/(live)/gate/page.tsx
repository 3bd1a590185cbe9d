import { FlagGate } from '../../../lib/flag-gate.ts';

export default function Page() {
  return (
    <main data-page="gate">
      <FlagGate flag="gate" default={false}>
        <p>gate</p>
      </FlagGate>
    </main>
  );
}
