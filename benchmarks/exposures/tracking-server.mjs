// Takes events over HTTP as Mixpanel does, each request answered after as many milliseconds as it is
// told, from a process of its own. Tells its parent `{ url }` once it listens.
import { createServer } from 'node:http';

const delayMs = Number(process.argv[2]);

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.once('end', () => {
    if (delayMs === 0) answer(request, response);
    else setTimeout(answer, delayMs, request, response);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}` });
});
process.on('disconnect', () => process.exit());

/** In one word to those who do not ask for more. */
function answer({ url }, response) {
  const body = url.includes('verbose=0') ? '1' : '{"status":1,"error":null}';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}
