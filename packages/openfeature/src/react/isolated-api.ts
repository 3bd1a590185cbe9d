import { HalyardError } from '@halyard/core';
import { OpenFeature } from '@openfeature/web-sdk';

/** OpenFeature's web API, the global one or one of its kind. */
export type WebApi = typeof OpenFeature;

/**
 * An OpenFeature API with providers, clients and events of its own, so that one visitor's server render
 * can never see another's. It is garbage once the render is over.
 *
 * OpenFeature 1.8 means a factory for this, `createIsolatedOpenFeatureAPI` of the subpath `/isolated`.
 * No release of the web SDK has it, and it cannot be looked for: bundlers resolve a subpath when they
 * build, and fail on one that is not there, while a render cannot wait for `import()`. Until the peer
 * dependency's lowest version has the factory, the singleton's own class makes the instance. Its
 * constructor is private to TypeScript only, and does nothing but set up empty fields. When the SDK
 * gains the factory, this function is the one place to change.
 */
export function createIsolatedApi(): WebApi {
  const Api = OpenFeature.constructor as new () => WebApi;
  const api = new Api();
  if (api !== OpenFeature && typeof api.setProvider === 'function') return api;
  throw new HalyardError(
    'openfeature',
    'INVALID_OPTION',
    'this version of @openfeature/web-sdk gives no API instance of its own for a server render. Use a version that this package names as its peer.',
  );
}
