// @vitest-environment jsdom
import { cleanup, render, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeNetwork } from '../fixtures/browser.tsx';
import { detailedMap, mapOf } from '../fixtures/maps.ts';
import { Flag, FlagsProvider, useFlag, useFlags, useFlagValue } from './index.ts';
import type { FlagsInput } from './store.ts';

beforeEach(() => {
  fakeNetwork();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function within(value: FlagsInput) {
  return {
    wrapper: ({ children }: { children: ReactNode }) => (
      <FlagsProvider value={value}>{children}</FlagsProvider>
    ),
  };
}

const read = (value: FlagsInput, key: string, defaultValue: unknown) =>
  renderHook(() => useFlag(key, defaultValue), within(value)).result.current;

describe('a flag that can be read', () => {
  it('has the shape that OpenFeature gives a flag query', () => {
    const map = detailedMap({ color: { value: 'red', variant: 'warm', reason: 'SPLIT' } });
    const details = {
      flagKey: 'color',
      value: 'red',
      variant: 'warm',
      reason: 'SPLIT',
      flagMetadata: {},
    };
    expect(read(map, 'color', 'gray')).toEqual({
      ...details,
      details,
      isError: false,
      isAuthoritative: true,
      type: 'string',
    });
  });

  it.each([
    ['boolean', false, true],
    ['number', 0, 1.5],
    ['string', '', 'red'],
    ['object', {}, { hue: 1 }],
    ['object', [], ['a', 'b']],
  ])('has a %s for a default of %j', (type, defaultValue, value) => {
    const query = read(mapOf({ flag: value }), 'flag', defaultValue);
    expect(query).toMatchObject({ value, type, isError: false });
  });

  it.each([false, 0, '', null])('keeps a value that is falsy: %j', (value) => {
    expect(read(mapOf({ flag: value }), 'flag', undefined).value).toBe(value);
  });

  it.each(['STALE', 'DISABLED'] as const)('is not authoritative with reason %s', (reason) => {
    const query = read(detailedMap({ flag: { value: true, reason } }), 'flag', false);
    expect(query).toMatchObject({ value: true, isError: false, isAuthoritative: false });
  });

  it('says what somebody has chosen in place of the backend, and takes it for decided', () => {
    const query = read(detailedMap({ flag: { value: true, reason: 'OVERRIDE' } }), 'flag', false);
    expect(query).toMatchObject({ value: true, reason: 'OVERRIDE', isAuthoritative: true });
  });

  it('gives the same object each time for an object value', () => {
    const { result, rerender } = renderHook(
      () => useFlagValue('theme', { hue: 0 }),
      within(mapOf({ theme: { hue: 1 } })),
    );
    const first = result.current;
    rerender();
    expect(result.current).toBe(first);
  });
});

describe('a flag that cannot be read', () => {
  const DEFAULT = { made: 'by the caller' };

  it.each(['missing', '__proto__', 'constructor', 'toString'])(
    'gives the default with FLAG_NOT_FOUND: %s',
    (key) => {
      const query = read(mapOf({ color: 'red' }), key, DEFAULT);
      expect(query.value).toBe(DEFAULT);
      expect(query).toMatchObject({
        reason: 'ERROR',
        errorCode: 'FLAG_NOT_FOUND',
        isError: true,
        isAuthoritative: false,
      });
      expect(query.errorMessage).toContain(`"${key}"`);
      expect(query.details).toMatchObject({ errorCode: 'FLAG_NOT_FOUND', value: DEFAULT });
    },
  );

  it.each([
    [true, 'text'],
    ['text', true],
    [1, '1'],
    [{ a: 1 }, 'text'],
    ['text', { a: 1 }],
    [null, 'text'],
    [null, { a: 1 }],
  ])('gives the default with TYPE_MISMATCH: %j read as %j', (value, defaultValue) => {
    const query = read(mapOf({ flag: value }), 'flag', defaultValue);
    expect(query).toMatchObject({ value: defaultValue, errorCode: 'TYPE_MISMATCH', isError: true });
  });

  it('gives the default with PROVIDER_NOT_READY outside a provider', () => {
    const { result } = renderHook(() => useFlag('color', 'gray'));
    expect(result.current).toMatchObject({
      value: 'gray',
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
    });
  });

  it.each([undefined, null, 'text', {}])('gives the default from a malformed map: %j', (value) => {
    const query = read(value as unknown as FlagsInput, 'color', 'gray');
    expect(query).toMatchObject({ value: 'gray', reason: 'ERROR', errorCode: 'GENERAL' });
  });
});

describe('useFlags', () => {
  it('has every value, and nothing inherited', () => {
    const { result } = renderHook(() => useFlags(), within(mapOf({ color: 'red', size: 1 })));
    expect({ ...result.current }).toEqual({ color: 'red', size: 1 });
    expect((result.current as Record<string, unknown>).constructor).toBeUndefined();
  });

  it('is empty outside a provider', () => {
    expect({ ...renderHook(() => useFlags()).result.current }).toEqual({});
  });
});

describe('<Flag>', () => {
  const shown = (element: ReactNode) =>
    render(
      <FlagsProvider value={mapOf({ on: true, off: false, color: 'red', theme: { hue: 1 } })}>
        {element}
      </FlagsProvider>,
    ).container.textContent;

  it('shows its children when the flag is on, else the fallback', () => {
    expect(shown(<Flag flagKey="on">new</Flag>)).toBe('new');
    expect(shown(<Flag flagKey="off">new</Flag>)).toBe('');
    expect(
      shown(
        <Flag flagKey="off" fallback="old">
          new
        </Flag>,
      ),
    ).toBe('old');
  });

  it('shows its children when the value is the one asked for', () => {
    const of = (match: string) => (
      <Flag flagKey="color" match={match} fallback="other">
        same
      </Flag>
    );
    expect([shown(of('red')), shown(of('blue'))]).toEqual(['same', 'other']);
    expect(
      shown(
        <Flag flagKey="theme" match={{ hue: 1 }}>
          same
        </Flag>,
      ),
    ).toBe('same');
    expect(
      shown(
        <Flag flagKey="off" match={false}>
          same
        </Flag>,
      ),
    ).toBe('same');
  });

  it('calls children and fallback with the query', () => {
    expect(shown(<Flag flagKey="color">{({ value }) => `is ${value}`}</Flag>)).toBe('is red');
    expect(shown(<Flag flagKey="missing" fallback={({ errorCode }) => String(errorCode)} />)).toBe(
      'FLAG_NOT_FOUND',
    );
  });

  it('shows the fallback outside a provider', () => {
    const { container } = render(
      <Flag flagKey="on" fallback="old">
        new
      </Flag>,
    );
    expect(container.textContent).toBe('old');
  });
});
