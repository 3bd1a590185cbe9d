/** The environment as a flagd document: segments are shared evaluators. */
export function toDocument({ segments, flags }) {
  return {
    $schema: 'https://flagd.dev/schema/v0/flags.json',
    $evaluators: Object.fromEntries(
      segments.map((segment) => [segment.name, segmentRule(segment)]),
    ),
    flags: Object.fromEntries(flags.map((flag) => [flag.key, flagDefinition(flag)])),
  };
}

function segmentRule({ name, conditions }) {
  const rules = conditions.map((condition) => conditionRule(name, condition));
  return rules.length === 1 ? rules[0] : { and: rules };
}

function conditionRule(segment, condition) {
  const trait = { var: condition.trait };
  if (condition.in) return { in: [trait, condition.in] };
  if (condition.equals !== undefined) return { '==': [trait, condition.equals] };
  if (condition.atLeast !== undefined) return { '>=': [trait, condition.atLeast] };
  if (condition.versionAtLeast) return { sem_ver: [trait, '>=', condition.versionAtLeast] };
  const key = { cat: [segment, { var: 'targetingKey' }] };
  const share = condition.percentage;
  return { '==': [{ fractional: [key, ['in', share], ['out', 100 - share]] }, 'in'] };
}

function flagDefinition({ kind, variants, value, overrides, weights }) {
  const definition = { state: 'ENABLED', variants, defaultVariant: value };
  if (kind === 'segment') {
    const branches = overrides.flatMap(({ segment, variant }) => [{ $ref: segment }, variant]);
    return { ...definition, targeting: { if: [...branches, null] } };
  }
  if (weights) return { ...definition, targeting: { fractional: weights } };
  return definition;
}
