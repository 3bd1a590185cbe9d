import type { EvaluationContext } from '@halyard/core';
import { isReserved, ownProperty, type Properties } from '../compile/subject.ts';

/** A context in PostHog's words. */
export interface Person {
  readonly properties: Properties;
  /** The keys of the groups that the person is in, by type. */
  readonly groups: Properties;
  /** The groups' properties by type, each with the group's key. */
  readonly groupProperties: Properties;
}

/** Reads a context: what is `groups` and `groupProperties`, and all else, which is the person's. */
export function personOf(context: EvaluationContext): Person {
  const groups = objectOf(ownProperty(context, 'groups'));
  const given = objectOf(ownProperty(context, 'groupProperties'));
  const properties = Object.entries(context).filter(([name]) => !isReserved(name));
  const groupProperties = Object.entries(groups).map(([type, key]) => [
    type,
    { $group_key: key, ...objectOf(ownProperty(given, type)) },
  ]);
  return {
    properties: Object.fromEntries(properties),
    groups,
    groupProperties: Object.fromEntries(groupProperties),
  };
}

function objectOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? (value as Properties) : {};
}
