import { mkdirSync, writeFileSync } from 'node:fs';

/** Writes `results/<name>.json`. */
export function saveResults(name, results) {
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const { backend, ...figures } = results;
  const text = JSON.stringify({ backend, node: process.version, ...figures }, null, 2);
  writeFileSync(new URL(`${name}.json`, folder), `${text}\n`);
}
