'use client';

import { useFlagValue } from '@halyard/react';
import { useStringFlagValue } from '@openfeature/react-sdk';
import { DEFAULT_BADGE } from '../../lib/flag-defaults.ts';

interface BadgeProps {
  readonly testId: string;
}

/** The visitor's badge, read with `useFlag`. */
export function NativeBadge({ testId }: BadgeProps) {
  return <span data-testid={testId}>{useFlagValue('visitor-badge', DEFAULT_BADGE)}</span>;
}

/** The visitor's badge, read with OpenFeature's hook. Belongs inside `OpenFeatureFlags`. */
export function OpenFeatureBadge({ testId }: BadgeProps) {
  return <span data-testid={testId}>{useStringFlagValue('visitor-badge', DEFAULT_BADGE)}</span>;
}
