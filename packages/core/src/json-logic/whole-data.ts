import type { LogicDialect } from './types.ts';

export function readsWholeData(_rule: unknown, _dialect: LogicDialect = {}): boolean {
  return true;
}
