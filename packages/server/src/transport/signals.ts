/** Aborts one controller when any of the signals does; returns what ends that. */
export function forward(
  signals: readonly (AbortSignal | undefined)[],
  controller: AbortController,
): () => void {
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  }
  return () => {
    for (const signal of signals) signal?.removeEventListener('abort', abort);
  };
}
