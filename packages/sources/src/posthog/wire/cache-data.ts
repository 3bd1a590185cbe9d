import { type DefinitionsCodec, HalyardError } from '@halyard/core';
import { parse, requireDefinitions } from '../wire.ts';

/**
 * Definitions as PostHog's SDKs keep them in a shared cache: with underscores, and beside that in the
 * spelling of older SDKs, so that all of them can read what is stored here, and the other way round.
 */
export const cacheCodec: DefinitionsCodec = {
  toData(bodies) {
    const definitions = parse(bodies);
    const { flags, cohorts, group_type_mapping, groupTypeMapping } = definitions;
    const groupTypes = group_type_mapping ?? groupTypeMapping ?? {};
    const isMinimal =
      (definitions.minimal_flag_called_events ?? definitions.minimalFlagCalledEvents) === true;
    const version = definitions.property_matching_version ?? definitions.propertyMatchingVersion;
    return {
      flags,
      cohorts: cohorts ?? {},
      group_type_mapping: groupTypes,
      groupTypeMapping: groupTypes,
      minimal_flag_called_events: isMinimal,
      minimalFlagCalledEvents: isMinimal,
      ...(typeof version === 'number' && {
        property_matching_version: version,
        propertyMatchingVersion: version,
      }),
    };
  },
  fromData(data) {
    const definitions = requireDefinitions(data);
    try {
      return [JSON.stringify(definitions)];
    } catch (cause) {
      throw new HalyardError(
        'posthog',
        'INVALID_DEFINITIONS',
        'the definitions in the cache are not plain data. Check what else writes to it.',
        { cause },
      );
    }
  },
};
