/**
 * A backend that the demo runs on.
 * @typedef {object} DemoBackend
 * @property {string} file what to edit, from the repository's root
 * @property {string} [about] one line to print about it
 * @property {Record<string, string>} env what tells the shop where the backend is
 * @property {() => Promise<void>} stop
 */

/** By the name that FLAGS_SOURCE takes. Loaded once they are built: some need the packages. */
const BACKENDS = {
  flagd: () => import('./flagd.mjs'),
  flagsmith: () => import('./flagsmith.mjs'),
  mixpanel: () => import('./mixpanel.mjs'),
  posthog: () => import('./posthog.mjs'),
};

/**
 * Finds the backend that FLAGS_SOURCE names; without it, flagd's flag file.
 * @returns {() => Promise<DemoBackend>} what starts it
 */
export function findBackend() {
  const name = process.env.FLAGS_SOURCE ?? 'flagd';
  if (!Object.hasOwn(BACKENDS, name)) {
    throw new Error(
      `FLAGS_SOURCE is "${name}". Set it to one of: ${Object.keys(BACKENDS).join(', ')}; or leave it out for flagd.`,
    );
  }
  return async () => (await BACKENDS[name]()).start();
}
