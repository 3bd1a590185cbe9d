// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { memo, StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { fakeNetwork, reportedKeys } from '../../fixtures/browser.tsx';
import { Expose, useFlag } from '../index.ts';
import { type TestFlags, TestFlagsProvider } from './index.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Color() {
  const { value, variant, reason, isError } = useFlag('color', 'gray');
  return [value, variant, reason, isError].join(' ');
}

const Rendered = memo(({ onRender }: { onRender: (color: string) => void }) => {
  onRender(useFlag('color', 'gray').value);
  return null;
});

function Theme() {
  return JSON.stringify(useFlag('theme', {}).value);
}

const shown = (flags: TestFlags) =>
  render(
    <TestFlagsProvider flags={flags}>
      <Color />
    </TestFlagsProvider>,
  ).container.textContent;

it('gives the component under test its values, or details', () => {
  expect(shown({ color: 'red' })).toBe('red  STATIC false');
  expect(shown({ color: { value: 'red', variant: 'warm', reason: 'SPLIT' } })).toBe(
    'red warm SPLIT false',
  );
  expect(shown({})).toBe('gray  ERROR true');
});

it('takes an object with other fields than those of a flag for the value itself', () => {
  const { container } = render(
    <TestFlagsProvider flags={{ theme: { value: 1, unit: 'px' } }}>
      <Theme />
    </TestFlagsProvider>,
  );
  expect(container.textContent).toBe('{"value":1,"unit":"px"}');
});

it('updates the readers when it is rendered with other flags', () => {
  const tree = (color: string) => (
    <TestFlagsProvider flags={{ color }}>
      <Color />
    </TestFlagsProvider>
  );
  const { container, rerender } = render(tree('red'));
  rerender(tree('blue'));
  expect(container.textContent).toBe('blue  STATIC false');
});

it('tells of each exposure once, and sends nothing', () => {
  vi.useFakeTimers();
  const network = fakeNetwork();
  const onExpose = vi.fn();
  render(
    <StrictMode>
      <TestFlagsProvider flags={{ color: 'red', sale: true }} onExpose={onExpose}>
        <Color />
        <Color />
        <Expose flags={['sale', 'missing']} />
      </TestFlagsProvider>
    </StrictMode>,
  );
  vi.runAllTimers();
  vi.useRealTimers();
  expect(onExpose.mock.calls).toEqual([
    ['color', { value: 'red', variant: undefined, reason: 'STATIC' }],
    ['sale', { value: true, variant: undefined, reason: 'STATIC' }],
  ]);
  expect(reportedKeys(network)).toEqual([]);
});

it('tells of every read, also of a flag that was not given', () => {
  const onRead = vi.fn();
  render(
    <TestFlagsProvider flags={{ color: 'red' }} onRead={onRead}>
      <Color />
      <Theme />
    </TestFlagsProvider>,
  );
  expect(new Set(onRead.mock.calls.flat())).toEqual(new Set(['color', 'theme']));
});

it('renders a reader again only when its flag changed', () => {
  const renders = vi.fn();
  const tree = (flags: TestFlags) => (
    <TestFlagsProvider flags={flags}>
      <Rendered onRender={renders} />
    </TestFlagsProvider>
  );
  const { rerender } = render(tree({ color: 'red', size: 1 }));
  rerender(tree({ color: 'red', size: 2 }));
  expect(renders.mock.calls).toEqual([['red']]);
  rerender(tree({ color: 'blue', size: 2 }));
  expect(renders.mock.calls).toEqual([['red'], ['blue']]);
});

it('keeps the flags of one test from the next', () => {
  expect(shown({ color: 'red' })).toContain('red');
  cleanup();
  expect(shown({})).toContain('gray');
});
