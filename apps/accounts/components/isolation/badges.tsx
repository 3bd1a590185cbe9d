'use client';

import { useFlagValue } from '@halyard/react';
import { useStringFlagValue } from '@openfeature/react-sdk';

interface BadgeProps {
  readonly testId: string;
}

/** The visitor's badge, read with `useFlag`. */
export function NativeBadge({ testId }: BadgeProps) {
  const bucket = useFlagValue('bucket', 'default');
  return <b data-testid={testId}>{`${bucket}/${useFlagValue('cart', 'default')}`}</b>;
}

/** The visitor's badge, read with OpenFeature's hooks. Belongs inside `OpenFeatureFlags`. */
export function OpenFeatureBadge({ testId }: BadgeProps) {
  const bucket = useStringFlagValue('bucket', 'default');
  return <b data-testid={testId}>{`${bucket}/${useStringFlagValue('cart', 'default')}`}</b>;
}
