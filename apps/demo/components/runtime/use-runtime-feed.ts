'use client';

import { useEffect, useReducer, useState } from 'react';
import type { ExposureView, Frame, ReadView, Sample, StatusView } from '../../lib/runtime/frame.ts';

/** How the page hears from the server. */
export type FeedState = 'connecting' | 'live' | 'paused' | 'lost';

/** What the page has heard, the newest rows first. */
export interface Feed {
  readonly status: StatusView;
  readonly samples: readonly Sample[];
  readonly reads: readonly ReadView[];
  readonly exposures: readonly ExposureView[];
}

/** Seconds that the charts show. */
export const SECONDS_SHOWN = 60;
const ROWS_SHOWN = 12;
/** Milliseconds until a refused connection is tried again. */
const RETRY_AFTER = 5000;

/** A frame, and whether it is the first of a connection and so repeats what is known. */
interface Arrival {
  readonly frame: Frame;
  readonly isFirst: boolean;
}

/** Listens to the runtime until the page is left or `isPaused`. */
export function useRuntimeFeed(initial: StatusView, isPaused: boolean): [Feed, FeedState] {
  const [state, setState] = useState<FeedState>('connecting');
  const [attempt, setAttempt] = useState(0);
  const [feed, receive] = useReducer(merge, {
    status: initial,
    samples: [],
    reads: [],
    exposures: [],
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another connection
  useEffect(() => {
    if (isPaused) return;
    const events = new EventSource('/api/runtime');
    let isFirst = true;
    let retry: ReturnType<typeof setTimeout> | undefined;
    events.onopen = () => {
      isFirst = true;
      setState('live');
    };
    events.onerror = () => {
      setState('lost');
      // Lost connections are tried again by the browser, refused ones are not.
      if (events.readyState === EventSource.CLOSED) {
        retry = setTimeout(() => setAttempt((count) => count + 1), RETRY_AFTER);
      }
    };
    events.onmessage = ({ data }: MessageEvent<string>) => {
      receive({ frame: JSON.parse(data) as Frame, isFirst });
      isFirst = false;
    };
    return () => {
      clearTimeout(retry);
      events.close();
    };
  }, [isPaused, attempt]);
  return [feed, isPaused ? 'paused' : state];
}

function merge(feed: Feed, { frame, isFirst }: Arrival): Feed {
  const { status, samples, reads, exposures } = frame;
  return {
    status,
    samples: [...(isFirst ? [] : feed.samples), ...samples].slice(-SECONDS_SHOWN),
    reads: [...reads.toReversed(), ...(isFirst ? [] : feed.reads)].slice(0, ROWS_SHOWN),
    exposures: [...exposures.toReversed(), ...(isFirst ? [] : feed.exposures)].slice(0, ROWS_SHOWN),
  };
}
