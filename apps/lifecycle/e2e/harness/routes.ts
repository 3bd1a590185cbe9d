/** A request of one visitor. Resolves when all of the response is there; rejects unless it is sound. */
export type Visit = (url: string, visitor: string) => Promise<void>;

/** A kind of route: how it is asked, and the flags that are then counted for the visitor. */
export interface Route {
  readonly kind: string;
  readonly visit: Visit;
  readonly counts: readonly string[];
}

/** Every kind of route there is. */
export const ROUTES: readonly Route[] = [
  { kind: 'page', visit: get('/', 'page: true'), counts: ['page', 'metadata'] },
  { kind: 'streamed page', visit: get('/streamed', 'streamed: true'), counts: ['streamed'] },
  { kind: 'route handler', visit: get('/api/handler', '"value":true'), counts: ['handler'] },
  { kind: 'server action', visit: act, counts: ['action'] },
  { kind: 'proxy', visit: get('/proxied', 'proxied'), counts: ['proxy'] },
  { kind: 'endpoint GET', visit: get('/api/flags', '"outcomes"'), counts: [] },
  { kind: 'endpoint POST', visit: report, counts: ['endpoint'] },
  { kind: 'pages/', visit: get('/legacy', 'legacy: true'), counts: ['legacy'] },
];

/** Fetches an address as a browser's first request would, and looks for a text in what it answers. */
export function get(
  path: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): Visit {
  return async (url, visitor) => {
    const headers = { cookie: `visitor=${visitor}`, accept: 'text/html', ...more };
    await whole(await fetch(`${url}${path}`, { headers }), text);
  };
}

/** Reports what a browser has shown. */
async function report(url: string, visitor: string): Promise<void> {
  const response = await fetch(`${url}/api/flags`, {
    method: 'POST',
    body: JSON.stringify({ keys: ['endpoint'] }),
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      cookie: `visitor=${visitor}`,
    },
  });
  await whole(response, '');
}

let actionField: Promise<string> | undefined;

/** Sends a form as a browser without JavaScript does. */
async function act(url: string, visitor: string): Promise<void> {
  // The same in every process: it belongs to the build.
  actionField ??= readActionField(url);
  const body = new FormData();
  body.append(await actionField, '');
  const headers = { cookie: `visitor=${visitor}`, origin: url };
  await whole(await fetch(`${url}/form`, { method: 'POST', body, headers }), 'Save');
}

async function readActionField(url: string): Promise<string> {
  const page = await (await fetch(`${url}/form`)).text();
  const field = /name="(\$ACTION_ID_[^"]+)"/.exec(page)?.[1];
  if (field === undefined) throw new Error(`${url}/form has no action`);
  return field;
}

async function whole(response: Response, text: string): Promise<void> {
  const body = await response.text();
  if (response.ok && body.includes(text)) return;
  throw new Error(`${response.url} answered ${response.status} without "${text}": ${body}`);
}
