import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { renderToPipeableStream } from 'react-dom/server';
import { contextOf } from './environment.mjs';
import { pageOf } from './page.mjs';

/**
 * An application that keeps nothing of its visitors: two cookies say who asks, and what their page has said.
 * It has a page, a form that is posted to it, a route handler, an endpoint with the browser's flags, and one
 * that takes what a page says. Resolves to its address when it listens.
 *
 * @param begin What the application does with its SDK when a request begins; given the visitor's context, it
 *   gives `{ read, provide, Badge }`, see page.mjs, or a promise of them.
 */
export async function startApplication(begin) {
  // An SDK that keeps the process busy must not lose connections for it.
  const server = createServer({ keepAliveTimeout: 600_000 }, async (request, response) => {
    try {
      await answer(request, response, begin);
    } catch (error) {
      response.writeHead(500).end(String(error?.stack));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

async function answer(request, response, begin) {
  const visitor = visitorOf(request.headers.cookie);
  const route = `${request.method} ${request.url}`;
  if (route === 'POST /said') visitor.hasSaid = !visitor.hasSaid;
  const flags = await begin(contextOf(visitor));
  switch (route) {
    case 'GET /page':
      return sendPage(response, pageOf(flags));
    case 'POST /page': {
      const said = await flags.read();
      return sendPage(response, pageOf(flags), { 'x-action': said });
    }
    case 'GET /handler': {
      const before = await flags.read();
      await pause(50);
      return sendJson(response, [before, await flags.read()]);
    }
    case 'GET /flags':
      return sendJson(response, [await flags.read()]);
    case 'POST /said':
      response.setHeader('set-cookie', `said=${Number(visitor.hasSaid)}`);
      return sendJson(response, [await flags.read()]);
    default:
      response.writeHead(404).end();
  }
}

function visitorOf(cookie = '') {
  const number = Number(/visitor=(\d+)/.exec(cookie)?.[1]);
  return { number, hasSaid: cookie.includes('said=1') };
}

/** Streams it: the shell at once, what is late when it is there. */
function sendPage(response, page, headers = {}) {
  const stream = renderToPipeableStream(page, {
    onShellReady() {
      response.writeHead(200, { 'content-type': 'text/html', ...headers });
      stream.pipe(response);
    },
    onError(error) {
      response.destroy(error);
    },
  });
}

function sendJson(response, badges) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(badges));
}
