export {};

declare global {
  /** What pages leave for the tests. */
  interface Window {
    /** Exposes a flag as any component may. There once React has taken the page over. */
    exposeFlag?: (key: string) => void;
    /** The visitor agrees to being counted. */
    agree?: () => void;
  }
}
