export type * from './flags.ts';
