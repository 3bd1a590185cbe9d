export * from './emulator.ts';
export type {
  MixpanelEmulatorOptions,
  MixpanelEvaluation,
  MixpanelServiceAccount,
} from './options.ts';
export type { MixpanelRoute } from './routes.ts';
export * from './serve.ts';
export type * from './wire.ts';
