export type { Emulator } from './emulator/emulator.ts';
export type { EmulatorFaults } from './emulator/faults.ts';
export * from './fake-clock.ts';
export * from './flagsmith/index.ts';
export * from './http-reply.ts';
export * from './http-server.ts';
export * from './mixpanel/index.ts';
export * from './posthog/index.ts';
export * from './redis-server.ts';
export type {
  ContractCase,
  FaultyDefinitions,
  SourceContract,
  TestRunner,
  TypedRead,
} from './source-contract/contract.ts';
export * from './source-contract/describe-source.ts';
export { HOSTILE_KEYS, hostileContexts } from './source-contract/hostile-contexts.ts';
export { unlistedFlags } from './source-contract/outcome-cases.ts';
export * from './tcp-proxy.ts';
export * from './temporary-folder.ts';
