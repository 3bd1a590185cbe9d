import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NextServer } from '../../apps/demo/e2e/harness/next-server.ts';
import { applicationsOf } from './application.ts';
import { collect, readmes } from './collection.ts';
import { groupsOf, programsOf } from './groups.ts';
import { buildApplication, startApplication } from './next-application.ts';
import { objectionsTo, runProgram } from './programs.ts';
import { PROMISES } from './promises.ts';
import { type Services, startServices } from './services.ts';
import { addressesOf, markOf } from './workspace.ts';

const applications = applicationsOf(groupsOf(collect(readmes())));

let services: Services;
let built = '';
beforeAll(async () => {
  services = await startServices();
  built = await buildApplication(services.environment);
}, 660_000);
afterAll(() => services?.close());

describe.each(applications)('the application $id', (group) => {
  let server: NextServer;
  let ofPrograms = '';
  const printed = () => server.output() + ofPrograms;
  const ask = (path: string, init?: RequestInit) => fetch(server.url + path, init);

  beforeAll(async () => {
    server = await startApplication(group, services.environment);
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('answers at every address', async () => {
    for (const address of addressesOf(group)) {
      const { status } = await ask(address);
      expect(status, address).toBeLessThan(500);
    }
  });

  it('does for its programs what they say', async () => {
    const environment = { ...services.environment, APPLICATION_URL: server.url };
    for (const [path, program] of programsOf(group)) {
      const outcome = await runProgram(group, path, environment);
      expect(objectionsTo(program, outcome).join('\n')).toBe('');
      ofPrograms += outcome.output;
    }
  });

  it('does what its section says', async () => {
    await PROMISES[group.id]?.({ ask, printed, services });
    expect(server.output()).not.toMatch(/⨯/);
  });

  it('has run every file of its section', () => {
    const all = built + printed();
    for (const file of group.own.values()) {
      if (file.role === 'application') expect(all, file.path).toContain(`${markOf(file)}\n`);
    }
  });
});

it('nothing that is built for Edge needs Node.js', () => {
  expect(built).not.toMatch(/not supported in the Edge Runtime/);
});

it('nothing is promised of a section that is not there', () => {
  expect(applications.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(PROMISES)));
});
