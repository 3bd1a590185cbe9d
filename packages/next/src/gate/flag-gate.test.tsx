import { ExposeShown } from '@halyard/react';
import { isValidElement, type ReactElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { createFlagGate, type FlagGate } from './index.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const warn = vi.fn();
let Gate: FlagGate;
let request: FakeRequest;

beforeEach(() => {
  warn.mockClear();
  const flags = createFlags({
    source: tableSource(
      {
        on: true,
        off: false,
        color: 'blue',
        none: undefined,
        layout: { columns: 2 },
        secret: true,
      },
      expect.getState().currentTestName,
    ),
    client: { flags: ['on', 'off', 'color', 'none', 'layout', 'missing'] },
    logger: { warn },
  });
  Gate = createFlagGate(flags);
  request = fakeRequest();
});
afterEach(() => {
  fakes.created.length = 0;
});

/** What a gate shows, and what it has the browser count. */
async function shown(props: Parameters<FlagGate>[0]) {
  const node = await within(request, () => Gate(props));
  await endOf(request);
  return { html: renderToString(node), counted: countedIn(node) };
}

function countedIn(node: ReactNode): unknown[] {
  if (!isValidElement(node)) return [];
  const { type, props } = node as ReactElement<{ children?: ReactNode[] }>;
  return type === ExposeShown ? [props] : [props.children ?? []].flat().flatMap(countedIn);
}

const branches = { children: 'new', otherwise: 'old' };

describe('what a gate shows', () => {
  it.each([
    ['on', { flag: 'on', default: false }, 'new'],
    ['off', { flag: 'off', default: true }, 'old'],
    ['a value', { flag: 'color', default: '' }, 'new'],
    ['the value asked for', { flag: 'color', default: '', match: 'blue' }, 'new'],
    ['another value', { flag: 'color', default: '', match: 'red' }, 'old'],
    ['the object asked for', { flag: 'layout', default: {}, match: { columns: 2 } }, 'new'],
    ['missing', { flag: 'missing', default: true }, 'new'],
    ['missing, and off by default', { flag: 'missing', default: false }, 'old'],
    ['of another type', { flag: 'color', default: 4, match: 4 }, 'new'],
  ])('when the flag is %s', async (_name, props, html) => {
    expect((await shown({ ...props, ...branches } as Parameters<FlagGate>[0])).html).toBe(html);
  });

  it('is made of the value, where a function is given', async () => {
    const gate = { flag: 'color', default: '', children: (color: string) => `all ${color}` };
    expect((await shown(gate as never)).html).toBe('all blue');
  });

  it('is nothing where nothing is given', async () => {
    expect((await shown({ flag: 'off', default: true, children: 'new' })).html).toBe('');
  });
});

describe('what a gate counts', () => {
  it('is left to the browser: the flag as it was shown, whichever branch that is', async () => {
    expect((await shown({ flag: 'on', default: false, ...branches })).counted).toEqual([
      { flagKey: 'on', value: true, variant: 'true' },
    ]);
    expect((await shown({ flag: 'off', default: true, ...branches })).counted).toEqual([
      { flagKey: 'off', value: false, variant: 'false' },
    ]);
    expect(fakes.created[0]?.exposed).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ['an unknown flag', { flag: 'missing', default: false }],
    ['a flag of another type', { flag: 'color', default: 4 }],
    ['a flag that is disabled', { flag: 'none', default: 'on' }],
  ])('is nothing of %s', async (_name, props) => {
    expect((await shown(props as never)).counted).toEqual([]);
    expect(fakes.created[0]?.exposed).toEqual([]);
  });

  it('is counted by the server where the flag may not reach the browser, and nothing is sent there', async () => {
    const { html, counted } = await shown({ flag: 'secret', default: false, children: 'new' });
    expect({ html, counted }).toEqual({ html: 'new', counted: [] });
    expect(fakes.created[0]?.exposed.map(({ keys }) => keys)).toEqual([['secret']]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('the browser cannot count "secret"'));
  });
});
