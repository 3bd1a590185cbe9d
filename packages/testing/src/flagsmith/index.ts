export * from './emulator.ts';
export type {
  FlagsmithEmulatorOptions,
  FlagsmithEvaluation,
  FlagsmithPublishOptions,
} from './options.ts';
export type { FlagsmithRoute } from './routes.ts';
export * from './serve.ts';
export type * from './wire.ts';
