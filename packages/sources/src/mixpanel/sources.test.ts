import { describe, expect, it } from 'vitest';
import {
  type MixpanelDefinitions,
  type MixpanelOptions,
  mixpanel,
  mixpanelDefinitions,
  mixpanelFile,
  mixpanelRemote,
} from './index.ts';

const token = 'a-project-token';
const serviceAccount = { username: 'robot.mp', secret: 'a-robots-secret', projectId: '42' };
const definitions: MixpanelDefinitions = { flags: [{ key: 'f1', context: 'distinct_id' }] };

const create = (options: unknown) => () => mixpanel(options as MixpanelOptions);

describe('a Mixpanel source', () => {
  it('evaluates the definitions, looks at them every minute, and sends exposures', () => {
    expect(mixpanel({ token })).toMatchObject({
      name: 'mixpanel',
      definitions: { kind: 'http' },
      refreshInterval: 60_000,
      exposures: expect.anything(),
    });
    expect(mixpanel({ token })).not.toHaveProperty('remote');
  });

  it('can leave the evaluation to Mixpanel', () => {
    expect(mixpanelRemote({ token })).toMatchObject({
      name: 'mixpanel',
      definitions: { kind: 'remote' },
      remote: expect.anything(),
      exposures: expect.anything(),
    });
  });

  it('leaves out what it is told to leave out', () => {
    const source = mixpanel({ token, sendExposures: false });
    expect(source).not.toHaveProperty('exposures');
    expect(source).not.toHaveProperty('fallback');
    expect(mixpanelRemote({ token, sendExposures: false })).not.toHaveProperty('exposures');
  });

  it('may have definitions to go on with', () => {
    expect(mixpanel({ token, offline: definitions }).fallback).toEqual({
      kind: 'inline',
      value: definitions,
    });
    expect(mixpanelRemote({ token, offline: './mixpanel.json' }).fallback).toMatchObject({
      kind: 'file',
      path: './mixpanel.json',
    });
  });

  it('may have its definitions in a file, or in code', () => {
    expect(mixpanelFile('./mixpanel.json').definitions).toMatchObject({ kind: 'file' });
    expect(mixpanelDefinitions(definitions).definitions).toEqual({
      kind: 'inline',
      value: definitions,
    });
  });

  it('is told apart by address, token and project, and does not show a credential', () => {
    const ids = [
      mixpanel({ token }).id,
      mixpanel({ token: 'another-token' }).id,
      mixpanel({ token, serviceAccount }).id,
      mixpanel({ token, apiHost: 'api-eu.mixpanel.com' }).id,
      mixpanelRemote({ token }).id,
      mixpanelFile('./mixpanel.json').id,
      mixpanelDefinitions(definitions).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.join()).not.toMatch(/token|secret|robot/);
    const other = { ...serviceAccount, secret: 'another-secret' };
    expect(mixpanel({ token, serviceAccount: other }).id).toBe(ids[2]);
  });
});

describe('whom an exposure is counted for', () => {
  const { subject } = mixpanelDefinitions(definitions);

  it.each([
    [{ targetingKey: 'ann', distinct_id: 'd-ann' }, 'd-ann'],
    [{ distinct_id: 7 }, '7'],
    [{ distinct_id: true }, 'true'],
    [{ targetingKey: 'ann' }, undefined],
    [{ targetingKey: 'ann', distinct_id: '' }, undefined],
    [{ targetingKey: 'ann', distinct_id: 0 }, undefined],
    [{ distinct_id: null }, undefined],
    [{ distinct_id: false }, undefined],
    [{ distinct_id: Number.NaN }, undefined],
    [{ distinct_id: ['ann'] }, undefined],
    [Object.create({ distinct_id: 'inherited' }), undefined],
  ])('%j: %j', (context, expected) => {
    expect(subject?.(context)).toBe(expected);
  });
});

describe('a wrong option', () => {
  it.each([undefined, null, {}, { token: '' }, { token: '  ' }, { token: 7 }])(
    'is no token, as in %j',
    (options) => {
      expect(create(options)).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', part: 'mixpanel' }),
      );
      expect(create(options)).toThrow(/`token` of mixpanel must be/);
      expect(() => mixpanelRemote(options as MixpanelOptions)).toThrow(/`token` of mixpanelRemote/);
    },
  );

  it.each(['username', 'secret', 'projectId'] as const)(
    'is a service account without %s',
    (name) => {
      for (const value of [undefined, '', ' \n', 42]) {
        const account = { ...serviceAccount, [name]: value };
        const message = `\`serviceAccount.${name}\` of mixpanel must be`;
        expect(create({ token, serviceAccount: account })).toThrow(message);
        expect(create({ token, serviceAccount: account })).not.toThrow(
          /robots-secret|project-token/,
        );
      }
    },
  );

  it.each([null, 'robot', 7])('is %j in place of a service account', (account) => {
    expect(create({ token, serviceAccount: account })).toThrow(/`serviceAccount.username`/);
  });

  it.each(['', 'ftp://x', 'https://user:pw@x', 'https://x?key=1', 'a b', 'host/path', 7, null])(
    'is the address %j, which is not repeated',
    (apiHost) => {
      expect(create({ token, apiHost })).toThrow(/`apiHost` of mixpanel must be a host name/);
      expect(create({ token, apiHost })).not.toThrow(/pw@/);
    },
  );

  it.each([[{ a: 1 }], [{ 'a b': 'x' }], [{ a: 'x\r\ny' }], ['a']])(
    'is headers like %j',
    (headers) => {
      expect(create({ token, headers })).toThrow(/header/);
    },
  );

  it.each(['', '  '])('is %j as the path of definitions', (path) => {
    expect(() => mixpanelFile(path)).toThrow(/mixpanelFile needs the path/);
    expect(create({ token, offline: path })).toThrow(/`offline` of mixpanel needs the path/);
  });

  it('is definitions that are none, or not plain', () => {
    const circular: Record<string, unknown> = { key: 'f1', context: 'distinct_id' };
    circular.self = circular;
    for (const wrong of [{}, { flags: 7 }, { flags: [circular] }]) {
      expect(() => mixpanelDefinitions(wrong as never)).toThrow(
        expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
      );
    }
    expect(create({ token, offline: {} })).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });
});
