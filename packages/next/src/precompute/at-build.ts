import { warnOnce } from '../process/warn-once.ts';
import { encodeCode } from './code.ts';
import { listCombinations } from './combinations.ts';
import { checkListable } from './definitions.ts';
import type { PrecomputedPage } from './page.ts';
import type { PageParts } from './parts.ts';
import { outcomesOf, valuesOf } from './values.ts';

/** The build's side: which pages to make. */
export function pageAtBuild(
  parts: PageParts,
): Pick<PrecomputedPage<Record<string, unknown>>, 'combinations' | 'generateStaticParams'> {
  const { settings, precompute, definitions, codeKey, keys, select } = parts;

  async function combinations() {
    const snapshot = await definitions.inUse();
    if (snapshot.version === '') {
      warnOnce(
        settings.logger,
        'precompute: there are no flag definitions, so no page is made in advance; each is made when it is first asked for. Let the build reach the backend.',
      );
      return [];
    }
    checkListable(keys, snapshot);
    const schema = definitions.schemaIn(snapshot);
    return listCombinations(schema, precompute.maxCombinations).map((numbers) => ({
      code: encodeCode(codeKey, schema, numbers),
      values: valuesOf(outcomesOf(schema, numbers), precompute.defaults, select),
    }));
  }

  return {
    combinations,
    generateStaticParams: async () =>
      (await combinations()).map(({ code }) => precompute.transport.params(code)),
  };
}
