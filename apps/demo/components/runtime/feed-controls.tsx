'use client';

import { useEffect, useState } from 'react';
import styles from './runtime.module.css';
import type { FeedState } from './use-runtime-feed.ts';

const WORDS: Readonly<Record<FeedState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  paused: 'Paused',
  lost: 'Connection lost, trying again',
};

/** Milliseconds between groups of made-up visitors. */
const TRAFFIC_INTERVAL = 250;

interface FeedControlsProps {
  readonly state: FeedState;
  readonly isPaused: boolean;
  readonly onPause: (isPaused: boolean) => void;
}

/** Stops the instruments to look at them, and sends visitors past so that there is something to see. */
export function FeedControls({ state, isPaused, onPause }: FeedControlsProps) {
  const [hasTraffic, setTraffic] = useState(false);
  const isSending = hasTraffic && state !== 'lost';
  useEffect(() => {
    if (!isSending) return;
    const timer = setInterval(sendVisitors, TRAFFIC_INTERVAL);
    return () => clearInterval(timer);
  }, [isSending]);
  return (
    <div className={styles.controls}>
      <p role="status" data-state={state} data-testid="feed-state">
        {WORDS[state]}
      </p>
      <button type="button" aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
        Pause
      </button>
      <button
        type="button"
        aria-pressed={hasTraffic}
        onClick={() => setTraffic(!hasTraffic)}
        data-testid="traffic"
      >
        Passing visitors
      </button>
    </div>
  );
}

function sendVisitors(): void {
  const visitors = 1 + Math.floor(Math.random() * 6);
  // A lost group of made-up visitors is no loss; the feed's own state tells about the connection.
  fetch(`/api/traffic?visitors=${visitors}`, { method: 'POST' }).catch(() => {});
}
