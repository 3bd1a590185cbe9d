import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, isLaterPage, local } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const CAP = 4096;
const transport = { maxAttempts: 1, maxResponseBytes: CAP };
const documentOf = (color: string, rest: object = {}) => ({
  ...environment({ features: [feature('color', { enabled: true, feature_state_value: color })] }),
  ...rest,
});
/** So repetitive that compressed it is far below the cap. */
const HUGE = { name: 'x'.repeat(10 * CAP) };

describe('a document that is larger than the cap', () => {
  it.each([undefined, 'gzip', 'br'] as const)(
    'is refused by the name of the cap, and the last good one stays (encoding: %s)',
    async (encoding) => {
      const emulator = await serve(documentOf('red'), { encoding });
      const client = connect(local(emulator), { transport });
      await client.ready();
      emulator.publish(documentOf('blue', HUGE));
      const { state, lastError } = await client.refresh();
      expect(state).toBe('ready');
      expect(lastError).toMatchObject({ code: 'REQUEST_FAILED' });
      expect(lastError?.message).toContain(`more than ${CAP} bytes`);
      expect(lastError?.message).toContain('`transport.maxResponseBytes`');
      expect(client.resolve('color', 'none').value).toBe('red');

      emulator.publish(documentOf('green'));
      expect((await client.refresh()).lastError).toBeUndefined();
      expect(client.resolve('color', 'none').value).toBe('green');
    },
  );

  it('is no document at all where it is the first', async () => {
    const emulator = await serve(documentOf('red', HUGE));
    const client = connect(local(emulator), { transport });
    expect(await client.refresh()).toMatchObject({ state: 'error', version: undefined });
    expect(client.resolve('color', 'none')).toMatchObject({
      value: 'none',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: expect.stringContaining('`transport.maxResponseBytes`'),
    });
  });

  it('is refused for one page, and not for the sum of its pages', async () => {
    const identities = Array.from({ length: 20 }, (_, i) =>
      identity(`user-${i}`, [override('color', 'x'.repeat(CAP / 4))]),
    );
    const document = documentOf('red', { identity_overrides: identities });
    const emulator = await serve(document, { overridesPerPage: 1 });
    const client = connect(local(emulator), { transport });
    expect(await client.refresh()).toMatchObject({ state: 'ready', lastError: undefined });
    emulator.fail('environment-document', (request) =>
      isLaterPage(request) ? { body: { identity_overrides: [], ...HUGE } } : {},
    );
    expect((await client.refresh()).lastError?.message).toContain(`more than ${CAP} bytes`);
  });
});
