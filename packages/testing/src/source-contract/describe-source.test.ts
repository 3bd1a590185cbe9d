import { describe, expect, it } from 'vitest';
import { DEFECTS, definitions, toy, withSource } from '../fixtures/toy-contract.ts';
import { parseToy, type ToyDefinitions } from '../fixtures/toy-source.ts';
import { type ContractCase, describeSource, type SourceContract } from '../index.ts';

describeSource({ describe, it, expect }, toy);

/** Runs the contract and gives the titles of the cases that fail. */
function failures(contract: SourceContract<ToyDefinitions>): string[] {
  const failed: string[] = [];
  describeSource(
    {
      describe: (_name, body) => body(),
      it: (name, body) => {
        try {
          body();
        } catch {
          failed.push(name);
        }
      },
      expect,
    },
    contract,
  );
  return failed;
}

const TITLES: Readonly<Record<ContractCase, string>> = {
  'total-reads': 'every read gives a sound verdict, whatever the key and the context',
  'unknown-keys': 'keys that are no flags resolve to FLAG_NOT_FOUND',
  'own-attributes': 'attributes that a context inherits are not read',
  bulk: 'all flags at once resolve as they do one by one',
  purity: 'evaluation is pure: equal input gives equal results and is left as it was',
  isolation: 'no visitor changes what another one gets',
  'typed-reads': 'a read of a type gives a value of that type, or none',
  explanations: 'an explanation resolves as a read does and says by which steps',
  outcomes: 'whatever a flag comes out as is one of the outcomes that are listed for it',
  versions: 'the version passes through, and the ruleset names its backend',
  diagnostics: 'a flag that is wrong is named, and its neighbours resolve as ever',
  'broken-documents': 'a document that makes no sense is refused when it is parsed',
};

describe('the contract catches a backend that', () => {
  it.each(DEFECTS)('%s: %s', (name, _what, defect) => {
    expect(failures({ ...toy, ...defect })).toContain(TITLES[name]);
  });

  it('has a defect for every case', () => {
    expect(new Set(DEFECTS.map(([name]) => name))).toEqual(new Set(Object.keys(TITLES)));
  });
});

describe('a case that does not apply', () => {
  const broken = withSource({ select: ({ value }) => value });
  const excuse = (reason: string) => ({
    ...toy,
    ...broken,
    doesNotApply: { 'typed-reads': reason },
  });

  it('is not run, and is reported with its reason', () => {
    expect(failures({ ...toy, ...broken })).toEqual([TITLES['typed-reads']]);
    expect(failures(excuse('the toy has no types'))).toEqual([]);
  });

  it('needs a reason', () => {
    expect(failures(excuse(' '))).toEqual([`does not apply: ${TITLES['typed-reads']} ( )`]);
  });
});

it('refuses a contract with too little to tell anything', () => {
  const basics = 'has contexts to tell apart and flags to read';
  expect(failures({ ...toy, contexts: [{}] })).toContain(basics);
  expect(failures({ ...toy, definitions: { flags: {} } })).toContain(basics);
  expect(failures({ ...toy, reads: [] })).toContain(TITLES['typed-reads']);
  expect(failures({ ...toy, faulty: [] })).toContain(TITLES.diagnostics);
});

describe('documents are parsed', () => {
  const http = (parse: (bodies: readonly string[]) => ToyDefinitions) =>
    withSource({ definitions: { kind: 'http', request: () => ({ url: 'http://toy' }), parse } });
  const inline = withSource({ definitions: { kind: 'inline', value: definitions } });

  it("by an HTTP source's own parse", () => {
    expect(failures({ ...toy, ...http(([body = '']) => parseToy(body)) })).toEqual([]);
    expect(failures({ ...toy, ...http(() => definitions) })).toEqual([TITLES['broken-documents']]);
  });

  it('by the parse given for an inline source', () => {
    expect(failures({ ...toy, ...inline })).toEqual([TITLES['broken-documents']]);
    expect(failures({ ...toy, ...inline, parse: parseToy })).toEqual([]);
  });
});
