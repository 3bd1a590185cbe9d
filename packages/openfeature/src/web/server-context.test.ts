import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contextSender } from '@halyard/react/context';
import { OpenFeature, ProviderStatus } from '@openfeature/web-sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardWebProvider } from './index.ts';

let server: Server;
let contexts: unknown[];

/** Decides by the cart's size, and takes no other attribute, as a flags route does. */
beforeEach(async () => {
  OpenFeature.setLogger(QUIET);
  contexts = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { context } = JSON.parse(Buffer.concat(chunks).toString());
    contexts.push(context);
    const isAllowed = Object.keys(context).every((name) => name === 'cartSize');
    const map = bootstrapOf({ delivery: context.cartSize >= 3 ? 'free' : 'paid' });
    response.writeHead(isAllowed ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isAllowed ? map : { error: 'no such attribute' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await OpenFeature.clearContexts();
  await OpenFeature.clearProviders();
  await new Promise((resolve) => server.close(resolve));
});

it('setContext has the server decide the flags anew, for the visitor it knows', async () => {
  const { port } = server.address() as AddressInfo;
  const refresh = contextSender(`http://127.0.0.1:${port}/api/flags`);
  OpenFeature.setProvider(
    'shop',
    new HalyardWebProvider(bootstrapOf({ delivery: 'paid' }), { refresh }),
  );
  const client = OpenFeature.getClient('shop');

  await OpenFeature.setContext('shop', { targetingKey: 'ann', cartSize: 3 });
  expect(client.getStringValue('delivery', 'none')).toBe('free');
  expect(contexts).toEqual([{ cartSize: 3 }]);

  await OpenFeature.setContext('shop', { cartSize: 1, isStaff: true });
  expect(client.providerStatus).toBe(ProviderStatus.ERROR);
  expect(client.getStringValue('delivery', 'none')).toBe('free');

  await OpenFeature.setContext('shop', { cartSize: 1 });
  expect(client.providerStatus).toBe(ProviderStatus.READY);
  expect(client.getStringValue('delivery', 'none')).toBe('paid');
});
