export type { EventAttributes, EventLogger } from '../telemetry/evaluation-event-hook.ts';
export { type OpenTelemetryHookOptions, openTelemetryHook } from './open-telemetry-hook.ts';
export type { HalyardWebProviderOptions } from './options.ts';
export { type FlagValues, HalyardWebProvider } from './provider.ts';
