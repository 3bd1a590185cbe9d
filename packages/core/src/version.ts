/** Halyard's version, as backends are told it. All packages share it. */
export const HALYARD_VERSION = '0.1.0';
