import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { type TestFlags, withFlags } from './index.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const secret = 'a secret of more than 32 characters';
const url = 'http://localhost:3000';
const warn = vi.fn();

/** The application, as it runs somewhere else. */
const flags = createFlags({
  source: tableSource({ checkout: 'classic', discount: 0, sale: false }, 'elsewhere', {
    checkout: ['classic', 'express'],
    discount: [0, 5],
    sale: [true, false],
  }),
  overrides: { secret },
  logger: { warn },
});

afterEach(() => {
  warn.mockReset();
});

/** What a browser with that cookie is shown. */
function shown(stated: TestFlags) {
  const { name, value } = withFlags(stated).cookie({ secret, url });
  return within(fakeRequest({ cookies: { [name]: value } }), async () => ({
    checkout: await flags.get('checkout', '-'),
    discount: await flags.get('discount', -1),
    sale: await flags.get('sale', false),
  }));
}

describe('the cookie of a test', () => {
  it('is what Playwright takes', () => {
    expect(withFlags({ checkout: 'express' }).cookie({ secret, url })).toEqual({
      name: 'halyard-overrides',
      value: expect.stringMatching(/^[\w.-]+$/),
      url,
    });
  });

  it('has an application elsewhere show the flags, and leaves it those that are not given', async () => {
    expect(await shown({ checkout: 'express', sale: true })).toEqual({
      checkout: 'express',
      discount: 0,
      sale: true,
    });
  });

  it('may name a variant', async () => {
    const stated = { value: 'whatever it is', variant: 'express' };
    expect(await shown({ checkout: stated, discount: 5 })).toMatchObject({
      checkout: 'express',
      discount: 5,
    });
  });

  it('has that application say what it does not know', async () => {
    expect(await shown({ checkout: 'expres', dicsount: 5 })).toMatchObject({ checkout: 'classic' });
    expect(warn.mock.calls.flat().join('\n')).toMatch(/"checkout"[\s\S]*"dicsount"/);
  });

  it('is refused without a secret', () => {
    expect(() => withFlags({}).cookie({ secret: '', url })).toThrow('`secret`');
  });
});
