export * from './emulator.ts';
export type {
  PosthogEmulatorOptions,
  PosthogEvaluated,
  PosthogEvaluation,
  PosthogFlagAnswer,
  PosthogQuota,
} from './options.ts';
export type { PosthogRoute } from './routes.ts';
export * from './serve.ts';
export type * from './wire.ts';
