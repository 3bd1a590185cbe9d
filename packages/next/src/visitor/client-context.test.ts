import { describe, expect, it, vi } from 'vitest';
import { tableSource } from '../fixtures/table-source.ts';
import type { ClientContextOptions } from '../flags.ts';
import { allowedContext, readContext, writeContext } from './client-context.ts';
import { type ClientContextSettings, readClientContext } from './client-context-settings.ts';

const SECRET = 'a secret of more than 32 characters';
const source = tableSource({});

function settingsOf(
  attributes: ClientContextOptions['attributes'],
  more: Partial<ClientContextOptions> = {},
): ClientContextSettings {
  const settings = readClientContext({ attributes, secret: SECRET, ...more }, source);
  if (settings === undefined) throw new Error('there are options');
  return settings;
}

const shop = settingsOf({
  cartSize: 'number',
  coupon: (value) => /^[A-Z]{4}$/.test(String(value)),
  note: 'string',
  returning: 'boolean',
  theme: ['light', 'dark', 3],
});

describe('what a page may set', () => {
  it.each([
    [{}],
    [{ cartSize: 3 }],
    [{ cartSize: 0, note: '', returning: false, theme: 'dark', coupon: 'SAVE' }],
    [{ theme: 3 }],
  ])('is %j', (asked) => {
    expect(allowedContext(asked, shop)).toEqual({ attributes: asked });
  });

  it.each([
    [{ plan: 'pro' }, '"plan" is no attribute that a page may set; those are cartSize, '],
    [{ cartSize: 3, plan: 'pro' }, '"plan"'],
    [{ targetingKey: 'ann' }, '"targetingKey"'],
    [{ constructor: 'x' }, '"constructor"'],
    [JSON.parse('{"__proto__": "x"}'), '"__proto__"'],
    [{ ['x'.repeat(1000)]: 1 }, `"${'x'.repeat(50)}…"`],
    [{ cartSize: '3' }, '"cartSize" has a value that is not allowed'],
    [{ cartSize: null }, '"cartSize"'],
    [{ note: { text: 'hi' } }, '"note"'],
    [{ note: ['hi'] }, '"note"'],
    [{ theme: 'blue' }, '"theme"'],
    [{ theme: '3' }, '"theme"'],
    [{ coupon: 'save' }, '"coupon"'],
    [{ note: 'x'.repeat(2000) }, 'must not exceed 2000 bytes'],
    [{ note: '💥'.repeat(500) }, 'must not exceed 2000 bytes'],
    [undefined, 'must be an object'],
    [null, 'must be an object'],
    [['cartSize'], 'must be an object'],
    ['cartSize', 'must be an object'],
  ])('is not %j', (asked, problem) => {
    const allowed = allowedContext(asked, shop);
    expect(allowed.problem).toContain(problem);
    expect(allowed.attributes).toBeUndefined();
  });

  it('is nothing that its rule cannot take', () => {
    const rules = settingsOf({
      coupon: () => {
        throw new Error('no such coupon');
      },
      truthy: (() => 1) as unknown as () => boolean,
    });
    expect(allowedContext({ coupon: 'SAVE' }, rules).problem).toContain('"coupon"');
    expect(allowedContext({ truthy: 'x' }, rules).problem).toContain('"truthy"');
  });
});

describe('the cookie', () => {
  const cookie = writeContext({ cartSize: 3, theme: 'dark' }, shop);

  it('brings back what was set', () => {
    expect(readContext(cookie, shop)).toEqual({ cartSize: 3, theme: 'dark' });
  });

  it('fits into what a browser takes, however much was set', () => {
    const largest = { note: 'x'.repeat(2000 - '{"note":""}'.length) };
    expect(allowedContext(largest, shop).problem).toBeUndefined();
    expect(`halyard-visitor-context=${writeContext(largest, shop)}`.length).toBeLessThan(4096);
  });

  it('lasts as long as the option says', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const brief = settingsOf({ cartSize: 'number' }, { maxAge: 60 });
    const written = writeContext({ cartSize: 3 }, brief);
    vi.advanceTimersByTime(59_000);
    expect(readContext(written, brief)).toEqual({ cartSize: 3 });
    vi.advanceTimersByTime(1000);
    expect(readContext(written, brief)).toEqual({});
    vi.useRealTimers();
  });

  it('says nothing once the rules are others', () => {
    expect(readContext(cookie, settingsOf({ cartSize: 'number' }))).toEqual({});
    expect(readContext(cookie, settingsOf({ cartSize: 'string', theme: 'string' }))).toEqual({});
  });

  it('says nothing with another secret, without the option, or when it is none', () => {
    const secret = 'another secret of more than 32 characters';
    expect(
      readContext(cookie, settingsOf({ cartSize: 'number', theme: 'string' }, { secret })),
    ).toEqual({});
    expect(readContext(cookie, undefined)).toEqual({});
    expect(readContext(undefined, shop)).toEqual({});
    expect(readContext('{"cartSize":3}', shop)).toEqual({});
  });
});

describe('the option', () => {
  const attributes = { cartSize: 'number' } as const;

  it('is not there by default', () => {
    expect(readClientContext(undefined, source)).toBeUndefined();
  });

  it.each([
    [{ attributes: undefined, secret: SECRET }, 'client.context.attributes'],
    [{ attributes: ['cartSize'], secret: SECRET }, 'client.context.attributes'],
    [{ attributes: { cartSize: 'integer' }, secret: SECRET }, 'attributes["cartSize"]'],
    [{ attributes: { targetingKey: 'string' }, secret: SECRET }, 'says who the visitor is'],
    [{ attributes }, 'client.context.secret'],
    [{ attributes, secret: 'short' }, 'client.context.secret'],
    [{ attributes, secret: SECRET, maxAge: 0 }, 'client.context.maxAge'],
    [{ attributes, secret: SECRET, maxAge: 1.5 }, 'client.context.maxAge'],
  ])('%j is refused by name', (options, expected) => {
    expect(() => readClientContext(options as unknown as ClientContextOptions, source)).toThrow(
      expected,
    );
  });

  it('never says a secret in an error', () => {
    expect(() => readClientContext({ attributes, secret: 'hunter2' }, source)).not.toThrow(
      'hunter2',
    );
  });

  it('lets no page say who the visitor is to a backend that goes by another name for it', () => {
    const backend = {
      ...tableSource({}),
      subject: ({ distinct_id }: Record<string, unknown>) => {
        if (distinct_id === true) throw new Error('no such id');
        return distinct_id === undefined ? undefined : String(distinct_id);
      },
    };
    const options = (name: string) => ({
      attributes: { [name]: 'string' as const },
      secret: SECRET,
    });
    expect(() => readClientContext(options('distinct_id'), backend)).toThrow(
      'says who the visitor is',
    );
    expect(readClientContext(options('plan'), backend)?.rules.size).toBe(1);
  });
});
