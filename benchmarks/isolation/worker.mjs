// Runs one subject's application and all visits to it in a process of its own, since SDKs keep their state in
// the process. Prints what the visitors saw as JSON.
import { startApplication } from './application.mjs';
import { visitAll } from './visits.mjs';

const [subject, options] = process.argv.slice(2);
const { create } = await import(`./subjects/${subject}.mjs`);
const url = await startApplication(await create(JSON.parse(options)));
const counts = await visitAll(url);
console.log(JSON.stringify(counts));
process.exit();
