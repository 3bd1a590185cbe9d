import type { FlagSource } from '@halyard/core';
import { invalidOption } from './invalid-option.ts';

const SOURCE = "a flag source, such as `flagdFile('./flags.json')`";

/**
 * Checks that a source has the parts the runtime calls: sources may be anybody's code. Throws a
 * HalyardError INVALID_OPTION that names the part.
 */
export function checkSource(source: FlagSource): void {
  if (typeof source !== 'object' || source === null) throw invalidOption('source', source, SOURCE);
  for (const part of ['compile', 'select'] as const) {
    if (typeof source[part] === 'function') continue;
    throw invalidOption(`source.${part}`, source[part], `a function, as in ${SOURCE}`);
  }
  for (const part of ['name', 'id'] as const) {
    if (typeof source[part] === 'string') continue;
    throw invalidOption(`source.${part}`, source[part], `a string, as in ${SOURCE}`);
  }
  checkDefinitions(source);
  checkMethods('source.remote', source.remote, ['request', 'parse']);
  checkMethods('source.updates', source.updates, ['request', 'isNews']);
  if (source.subject !== undefined) checkMethods('source', source, ['subject']);
  checkMethods('source.cacheCodec', source.cacheCodec, ['toData', 'fromData']);
}

/** Checks the methods of a part that a source need not have. */
function checkMethods<Part extends object>(
  option: string,
  part: Part | undefined,
  methods: readonly (keyof Part & string)[],
): void {
  if (part === undefined) return;
  for (const method of methods) {
    const given: unknown = Object(part)[method];
    if (typeof given !== 'function')
      throw invalidOption(`${option}.${method}`, given, 'a function');
  }
}

function checkDefinitions({ definitions, fallback, remote }: FlagSource): void {
  const kind: unknown = definitions?.kind;
  if (kind !== 'http' && kind !== 'file' && kind !== 'inline' && kind !== 'remote') {
    throw invalidOption(
      'source.definitions.kind',
      kind,
      "'http', 'file', 'inline', or 'remote' where the source has `remote`",
    );
  }
  if (kind === 'remote' && remote === undefined) {
    const expected = "there when `source.definitions.kind` is 'remote': who else would evaluate?";
    throw invalidOption('source.remote', remote, expected);
  }
  const shipped: unknown = fallback?.kind;
  if (fallback === undefined || shipped === 'file' || shipped === 'inline') return;
  throw invalidOption('source.fallback.kind', shipped, "'file' or 'inline'");
}
