// Mixpanel over HTTP as far as the benchmarks need it, from a process of its own: definitions and evaluated
// flags at once, events after as many milliseconds as it is told. Tells its parent `{ url }` once it listens.
import { createServer } from 'node:http';
import { createEnvironment } from '../../workload.mjs';
import { toDocument } from './document.mjs';

const [trackingMs, flagCount] = process.argv.slice(2).map(Number);
const { flags } = toDocument(createEnvironment(flagCount));
const definitions = JSON.stringify({ flags });
/** What it evaluates to does not matter. */
const evaluated = new Map(
  flags.map(({ key, ruleset: { variants } }) => [
    key,
    { variant_key: variants[0].key, variant_value: variants[0].value },
  ]),
);

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.once('end', () => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname === '/flags/definitions') answer(response, definitions);
    else if (pathname === '/flags') answer(response, evaluation(searchParams.get('flag_key')));
    else answerTracking(response, searchParams.get('verbose') === '0');
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}` });
});
process.on('disconnect', () => process.exit());

function evaluation(key) {
  return JSON.stringify({ code: 200, flags: key === null ? {} : { [key]: evaluated.get(key) } });
}

/** In one word to those who do not ask for more. */
function answerTracking(response, isBrief) {
  const body = isBrief ? '1' : '{"status":1,"error":null}';
  if (trackingMs === 0) answer(response, body);
  else setTimeout(answer, trackingMs, response, body);
}

function answer(response, body) {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
