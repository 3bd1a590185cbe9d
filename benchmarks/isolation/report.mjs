import { saveResults } from '../save-results.mjs';

/**
 * Writes `results/<file>.json` and prints the table of what each subject's visitors saw. The process ends with
 * code 1 where Halyard showed a single value that is not the visitor's own.
 */
export function report(file, results) {
  saveResults(file, { results });
  console.table(
    Object.fromEntries(
      results.map(({ name, requests, badges, foreign, outdated, missing }) => [
        name,
        {
          requests,
          values: badges,
          'another visitor’s': foreign,
          'of an earlier request': outdated,
          missing,
        },
      ]),
    ),
  );
  const faulty = results.filter((result) => result.subject === 'halyard' && isFaulty(result));
  for (const { name } of faulty)
    console.error(`NOT MET  ${name}: every value must be the visitor’s own`);
  process.exitCode = faulty.length === 0 ? 0 : 1;
}

function isFaulty({ foreign, outdated, missing }) {
  return foreign + outdated + missing > 0;
}
