import { withFlags } from '@halyard/next/testing';
import { expect, it } from 'vitest';
import { runApplication, textOf } from './harness/application.ts';

const secret = 'the secret of this very application';

const application = runApplication(() => ({ FLAGS_SECRET: secret, ALLOW_OVERRIDES: '1' }));

it('a browser is shown the flags of a test, from the first byte on', async () => {
  const visitor = await application.newVisitor();
  const kit = withFlags({ delivery: 'free' });
  const cookie = kit.cookie({ secret, environment: 'production', url: application.url });
  await visitor.context.addCookies([cookie]);
  await application.open(visitor);
  expect(await textOf(visitor, 'server-delivery')).toBe('free');
  expect(await visitor.shownTexts('browser-delivery')).toEqual(['free']);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

it('and another one is not', async () => {
  const visitor = await application.newVisitor();
  await application.open(visitor);
  expect(await textOf(visitor, 'server-delivery')).toBe('paid');
  await visitor.close();
});
