declare global {
  interface Window {
    /** Fetches the visitor's flags anew; there as soon as the page is hydrated. */
    refreshFlags?: () => Promise<unknown>;
  }
}

export {};
