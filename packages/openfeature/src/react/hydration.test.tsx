// @vitest-environment jsdom
import { FlagsProvider } from '@halyard/react';
import { OpenFeature, useFlag } from '@openfeature/react-sdk';
import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { OpenFeatureFlags } from './index.ts';

const seen: string[] = [];

function Color() {
  const { value, variant, reason } = useFlag('color', 'default');
  seen.push(value);
  return <p>{`${value} ${variant} ${String(reason)}`}</p>;
}

const page = (
  <FlagsProvider value={bootstrapOf({ color: 'red' })} exposures={false}>
    <OpenFeatureFlags>
      <Color />
    </OpenFeatureFlags>
  </FlagsProvider>
);

/** Renders as a server does, where there is no window. */
function renderOnServer(): string {
  vi.stubGlobal('window', undefined);
  try {
    return renderToString(page);
  } finally {
    vi.unstubAllGlobals();
  }
}

afterEach(async () => {
  vi.unstubAllGlobals();
  await OpenFeature.clearProviders();
});

it('a page hydrates with the values it was rendered with, without a mismatch', async () => {
  const html = renderOnServer();
  expect(html).toBe('<p>red &quot;red&quot; TARGETING_MATCH</p>');
  expect(OpenFeature.getClient('halyard').getStringValue('color', 'default')).toBe('default');

  const container = document.createElement('div');
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const error = vi.spyOn(console, 'error');
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  await act(async () => {
    hydrateRoot(container, page, { onRecoverableError });
  });
  expect(container.textContent).toBe('red "red" TARGETING_MATCH');
  expect(new Set(seen)).toEqual(new Set(['red']));
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(error).not.toHaveBeenCalled();
});
