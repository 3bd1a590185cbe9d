import { environment } from './environment.mjs';

/**
 * The environment in a backend's format, and a visitor's context in its words.
 *
 * @param options.hasOverrides Whether, in Flagsmith, the visitors have their `visitor` flag as an override
 *   of their own, as testers have.
 */
export async function definitionsOf(backend, { hasOverrides = false } = {}) {
  const { toDocument, toContext = (context) => context } = await import(
    `../adapters/${backend}/document.mjs`
  );
  const document = toDocument(environment);
  if (backend === 'flagsmith')
    document.identity_overrides = identityOverrides(document, hasOverrides);
  return { text: JSON.stringify(document), toContext };
}

function identityOverrides({ feature_states: states }, hasOverrides) {
  if (!hasOverrides) return [];
  const state = states.find(({ feature }) => feature.name === 'visitor');
  const { variants, value } = environment.flags.find(({ key }) => key === 'visitor');
  return Object.keys(variants)
    .filter((variant) => variant !== value)
    .map((variant, i) => ({
      identifier: variant,
      identity_uuid: `00000000-0000-4000-a000-${String(i).padStart(12, '0')}`,
      created_date: '2026-01-01T00:00:00.000000+00:00',
      environment_api_key: '8KzETdDeMY7xkqkSkY3Gsg',
      identity_features: [{ ...state, feature_state_value: variant }],
      identity_traits: [],
    }));
}
