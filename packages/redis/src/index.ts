export type { RedisConnectionOptions } from './connection-options.ts';
export * from './definitions/index.ts';
export * from './outbox/index.ts';
