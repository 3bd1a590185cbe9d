// Serves a backend's document over HTTP, from a process of its own. Its parent says what comes next:
// `{ revision, validators }`; it answers `{ url }` once it listens, and then `{ revision }`.
import { createServer } from 'node:http';
import { createEnvironment } from '../workload.mjs';

const [documentModule, flagCount] = process.argv.slice(2);
const { toDocument } = await import(documentModule);
const environment = createEnvironment(Number(flagCount));
const plainFlags = environment.flags.filter(({ kind }) => kind === 'plain');

let served = contentOf(0);
let hasValidators = true;

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const { body, etag, lastModified } = served;
  const { 'if-none-match': known, 'if-modified-since': since } = request.headers;
  if (hasValidators && (known === etag || since === lastModified)) {
    response.writeHead(304, { etag, 'last-modified': lastModified }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...(hasValidators && { etag, 'last-modified': lastModified }),
  });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}` });
});

process.on('message', ({ revision, validators }) => {
  if (revision !== served.revision) served = contentOf(revision);
  hasValidators = validators;
  process.send({ revision });
});
process.on('disconnect', () => process.exit());

/** Each revision switches one flag. */
function contentOf(revision) {
  const flag = plainFlags[revision % plainFlags.length];
  flag.value = flag.value === 'on' ? 'off' : 'on';
  const changedAt = new Date(Date.UTC(2026, 0, 1) + revision * 1000);
  return {
    revision,
    body: Buffer.from(JSON.stringify(toDocument(environment, revision))),
    etag: `"revision-${revision}"`,
    lastModified: changedAt.toUTCString(),
  };
}
