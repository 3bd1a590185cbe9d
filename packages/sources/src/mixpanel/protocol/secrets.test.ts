import { inspect } from 'node:util';
import type { Reply } from '@halyard/testing';
import { expect, it } from 'vitest';
import { ANN, emulation, given, local, remote } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const TOKEN = 'a-token+of/mine==';
const SECRET = 'a secret: "mine" & nobody’s';
const definitions = { flags: [given('button', 'blue')] };
const serviceAccount = {
  username: 'robot.mp-service-account',
  secret: SECRET,
  projectId: '1234567',
};

/** A refusal that repeats the credentials, as a server may that was shown them. */
function refusal(withAccount: boolean): Reply {
  const shown = withAccount ? [TOKEN, SECRET] : [TOKEN];
  // Nothing goes before the first: what quotes the beginning of an answer would quote it.
  const body = shown.map((secret) => `${secret} ${encodeURIComponent(secret)}`).join(' ');
  return { status: 400, body };
}

/** Whatever a client says, anywhere, when every request fails and is told back. */
async function saidBy(withAccount: boolean, source: typeof local | typeof remote) {
  const emulator = await serve(definitions, { token: TOKEN, serviceAccount });
  for (const route of ['definitions', 'flags', 'track', 'import'] as const) {
    emulator.fail(route, refusal(withAccount));
  }
  const said: unknown[] = [];
  const options = { offline: definitions, ...(withAccount && { serviceAccount }) };
  const client = connect(source(emulator, options), {
    logger: { warn: (line) => said.push(line) },
  });
  client.on('error', (payload) => said.push(payload, payload.error.message));
  client.on('exposuresDropped', (payload) => said.push(payload, payload.cause?.message));
  said.push(await client.refresh(), client.source.id, inspect(client.source, { depth: 9 }));
  const ann = await client.load(ANN);
  said.push(ann.details('button', ''), ann.details('unknown', ''), ann.explain('button'));
  await client.flush({ deadline: 10_000 });
  said.push(client.status(), client.status().lastError?.message);
  expect(client.status().exposures).toMatchObject({ failed: 1 });
  return `${inspect(said, { depth: 9 })} ${JSON.stringify(said)}`;
}

it('an answer that makes no sense is not quoted in part', async () => {
  const emulator = await serve(definitions, { token: TOKEN });
  for (const route of ['flags', 'track'] as const) emulator.fail(route, { body: TOKEN });
  const client = connect(remote(emulator, { offline: definitions }));
  const ann = await client.load(ANN);
  ann.get('button', '');
  await client.flush();
  const { lastError, exposures } = client.status();
  expect(exposures).toMatchObject({ failed: 1 });
  expect(lastError?.message).toContain('it is not JSON');
  expect(lastError?.message).not.toContain(TOKEN.slice(0, 7));
});

it.each([
  ['local evaluation', false, local],
  ['local evaluation with a service account', true, local],
  ['remote evaluation', false, remote],
  ['remote evaluation with a service account', true, remote],
] as const)(
  '%s never shows a credential, whatever is answered',
  async (_what, withAccount, source) => {
    const said = await saidBy(withAccount, source);
    const path = source === local ? '/flags/definitions' : '/flags';
    expect(said).toContain(`${path} was answered 400: [redacted] [redacted]`);
    expect(said).toContain(
      withAccount
        ? 'refused an exposure: [redacted] [redacted] [redacted] [redacted]'
        : '/track was answered 400: [redacted] [redacted]',
    );
    const written = [TOKEN, SECRET].flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(`${secret}:`).toString('base64').slice(0, 12),
    ]);
    for (const secret of [...written, TOKEN.slice(0, 7), 'of/mine', 'nobody’s', 'of%2F']) {
      expect(said).not.toContain(secret);
    }
  },
);
