'use client';

import { useState } from 'react';
import type { StatusView } from '../../lib/runtime/frame.ts';
import { DefinitionsPanel } from './definitions-panel.tsx';
import { ExposurePanel } from './exposure-panel.tsx';
import { ExposureRateChart } from './exposure-rate-chart.tsx';
import { ExposuresTable } from './exposures-table.tsx';
import { FeedControls } from './feed-controls.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { ReadsTable } from './reads-table.tsx';
import styles from './runtime.module.css';
import { useRuntimeFeed } from './use-runtime-feed.ts';

/** The instruments: everything the runtime knows and does, as it happens. */
export function RuntimeBoard({ initial }: { readonly initial: StatusView }) {
  const [isPaused, setPaused] = useState(false);
  const [{ status, samples, reads, exposures }, state] = useRuntimeFeed(initial, isPaused);
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <div className={styles.heading}>
        <div>
          <h1>The instruments</h1>
          <p>What the flag runtime of this process knows and does, as it happens.</p>
        </div>
        <FeedControls state={state} isPaused={isPaused} onPause={setPaused} />
      </div>
      <div className={styles.board}>
        <DefinitionsPanel status={status} />
        <ExposurePanel counters={status.exposures} />
        <ExposureRateChart samples={samples} />
        <LatencyChart samples={samples} />
        <ReadsTable reads={reads} />
        <ExposuresTable exposures={exposures} />
      </div>
    </main>
  );
}
