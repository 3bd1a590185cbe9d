import { createFlagGate } from '@halyard/next/gate';
import { flags } from './flags.ts';

export const FlagGate = createFlagGate(flags);
