export type { EventAttributes, EventLogger } from '../telemetry/evaluation-event-hook.ts';
export { type OpenTelemetryHookOptions, openTelemetryHook } from './open-telemetry-hook.ts';
export type {
  GivenClientOptions,
  HalyardServerProviderOptions,
  OwnClientOptions,
  ProviderOptions,
} from './options.ts';
export { HalyardServerProvider } from './provider.ts';
