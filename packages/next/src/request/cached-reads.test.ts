import { expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { Flags } from '../flags.ts';

// As Next refuses the request inside a function whose result it keeps.
vi.mock('next/headers.js', () => {
  const refuse = async () => {
    throw new Error('Route /x used `headers()` inside a function cached with `unstable_cache()`');
  };
  return { headers: refuse, cookies: refuse };
});
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

it.each<[string, (flags: Flags) => Promise<unknown>]>([
  ['get', (flags) => flags.get('color', 'red')],
  ['details', (flags) => flags.details('color', 'red')],
  ['all', (flags) => flags.all()],
  ['explain', (flags) => flags.explain('color')],
  ['hydrate', (flags) => flags.hydrate()],
])(
  '%s() inside a cache rejects, rather than have a default kept for everybody',
  async (_, read) => {
    const warn = vi.fn();
    const flags = createFlags({ source: tableSource({ color: 'blue' }), logger: { warn } });
    await expect(read(flags)).rejects.toThrow(/inside `unstable_cache\(\)`.*Read it outside/);
    expect(warn).not.toHaveBeenCalled();
  },
);
