export {
  createFlagGate,
  type FlagGate,
  type FlagGateProps,
  type GateContent,
} from './flag-gate.tsx';
