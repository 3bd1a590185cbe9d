import type { FlagGate } from './index.ts';

declare const Gate: FlagGate;

export const sound = [
  <Gate key="1" flag="sale" default={false}>
    on
  </Gate>,
  <Gate key="2" flag="color" default="red" match="blue" otherwise={<p>another</p>}>
    {(color: string) => color.toUpperCase()}
  </Gate>,
];

export const unsound = [
  // @ts-expect-error a gate has to say what stands for a flag that cannot be read
  <Gate key="1" flag="sale" />,
  // @ts-expect-error a boolean flag is never "on"
  <Gate key="2" flag="sale" default={false} match="on" />,
  <Gate key="3" flag="color" default="red">
    {/* @ts-expect-error a text has no days */}
    {(color: Date) => color.getDay()}
  </Gate>,
];
