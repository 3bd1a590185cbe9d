import { StrictMode } from 'react';
import { UseRead } from '../../../components/use-read.tsx';
import { FlagGate } from '../../../lib/flag-gate.ts';

export default function Page() {
  return (
    <main data-page="strict">
      <StrictMode>
        <UseRead flag="strict-use-flag" />
        <FlagGate flag="strict-gate" default={false}>
          strict
        </FlagGate>
      </StrictMode>
    </main>
  );
}
