'use client';

// Server components place the bridge, so it needs an entry of its own on the client's side.
export { OpenFeatureFlags } from '@halyard/openfeature/react';
