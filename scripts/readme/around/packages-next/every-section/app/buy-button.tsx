'use client';
import { useFlag } from '@halyard/react';

export function BuyButton() {
  const { value: color } = useFlag('button-color', 'gray');
  return <button type="button">{color}</button>;
}
