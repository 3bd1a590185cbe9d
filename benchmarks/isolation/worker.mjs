// Runs one subject's application and all visits to it in a process of its own, since SDKs keep their state in
// the process. Prints what the visitors saw as JSON.
import { startApplication } from './application.mjs';
import { badgesOf, visitAll } from './visits.mjs';

const [subject, options] = process.argv.slice(2);
const { create } = await import(`./subjects/${subject}.mjs`);
const url = await startApplication(await create(JSON.parse(options)));
const counts = await visitAll(url, async (ask) => {
  const response = await ask('/page', { method: 'POST' });
  return [response.headers.get('x-action'), ...badgesOf(await response.text())];
});
console.log(JSON.stringify(counts));
process.exit();
