/** How sharing definitions with other workers fares. */
export interface CacheStatus {
  /**
   * What this worker was at its last refresh: the one that fetches for all, one that takes what another
   * fetched, or `alone`, when the cache could not be asked.
   */
  readonly role: 'leader' | 'follower' | 'alone';
  /** Reads that found something. */
  readonly hits: number;
  /** Reads that found nothing, or nothing that made sense. */
  readonly misses: number;
  /** Definitions stored. */
  readonly writes: number;
  /** Times the cache said that there may be newer definitions. */
  readonly pushes: number;
  /** Calls that failed or took too long. */
  readonly errors: number;
}
