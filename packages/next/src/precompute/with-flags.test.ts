import { NextRequest } from 'next/server.js';
import { expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import { withFlags } from '../testing/index.ts';

const logger = { warn: vi.fn() };
const flags = createFlags({
  source: tableSource({ color: 'blue' }, 'own', { color: ['blue'] }),
  client: { flags: 'all' },
  logger,
});
const page = flags.precompute(
  { color: 'gray', sale: false },
  { secret: 'a secret of thirty-two characters' },
);

it('a page made in advance has the flags of the test that runs, and counts none', async () => {
  const shown = (color: string, sale: boolean) =>
    withFlags({ color, sale }, async ({ exposed }) => {
      const code = await page.code();
      const response = await page.rewrite(new NextRequest('http://shop.test/pricing'));
      expect(response.headers.get('x-middleware-rewrite')).toContain(`/v/${code}/pricing`);
      expect(valuesIn(await page.hydrate(code))).toEqual({ color, sale });
      expect(exposed).toEqual([]);
      return (await page.read(code)).values;
    });
  expect(await shown('red', true)).toEqual({ color: 'red', sale: true });
  expect(await shown('green', false)).toEqual({ color: 'green', sale: false });
  // Of the application's own definitions, say, which nobody has looked at.
  expect(logger.warn).not.toHaveBeenCalled();
});
