import { copyFlagFile } from '../flag-file.ts';
import type { FlagBackend } from './backend.ts';

/** As much of flagd's format as is changed here. */
interface Definitions {
  readonly flags: {
    readonly 'discount-percent': { readonly variants: { 'opening-week': number } };
  };
}

/** flagd's format, read from a file. */
export async function startFlagd(): Promise<FlagBackend> {
  const file = await copyFlagFile<Definitions>('flags.json');
  return {
    environment: { FLAGS_FILE: file.path },
    openingDiscount: { source: 'flagd', variant: 'opening-week', value: 5 },
    ruleWords: /\$evaluators|sem_ver|fractional|"targeting"/,
    setDiscount: (percent) =>
      file.edit(({ flags }) => {
        flags['discount-percent'].variants['opening-week'] = percent;
      }),
    remove: () => file.remove(),
    corrupt: () => file.write('{ "flags": { "discount-perc'),
    stop: () => file.cleanUp(),
  };
}
