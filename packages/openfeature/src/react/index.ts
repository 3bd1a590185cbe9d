export { OpenFeatureFlags, type OpenFeatureFlagsProps } from './open-feature-flags.tsx';
