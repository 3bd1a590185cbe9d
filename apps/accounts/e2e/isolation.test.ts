import { decodeBootstrap } from '@halyard/core';
import { expect, it } from 'vitest';
import { textsOf } from '../../demo/e2e/harness/html.ts';
import { runApplication } from './harness/application.ts';
import { CookieJar } from './harness/cookie-jar.ts';

const VISITORS = 200;
const ROUNDS = 10;
const AT_ONCE = 40;
const BADGES_OF_A_PAGE = 9;

const application = runApplication();

/** Somebody whose values nobody else has: an id of their own, and a cart of their own once they say so. */
interface Visitor {
  readonly number: number;
  readonly jar: CookieJar;
  cart: string;
}

/** A page, and what its form sends besides what people enter: which action it is. */
interface Place {
  readonly url: string;
  readonly formFields: readonly (readonly [name: string, value: string])[];
}

/** Makes one request for a visitor, and gives every badge of the answer. */
type Visit = (visitor: Visitor, place: Place) => Promise<string[]>;

const visitPage: Visit = async ({ jar }, { url }) => badgesOf(await jar.fetchText(url));

/** Posts the page's form as a browser without scripts does, and has the page with what the action said. */
const submitForm: Visit = async ({ jar }, { url, formFields }) => {
  const body = new FormData();
  for (const [name, value] of formFields) body.append(name, value);
  const headers = { origin: new URL(application.url).origin };
  const html = await jar.fetchText(url, { method: 'POST', headers, body });
  const said = textsOf(html, 'in-action').filter((text) => text !== '');
  return [...badgesOf(html), ...(said.length === 1 ? said : ['the action said nothing'])];
};

const askHandler: Visit = async ({ jar }) => {
  const answer = JSON.parse(await jar.fetchText(`${application.url}/isolation/handler`));
  return [answer.before, answer.after];
};

const askEndpoint: Visit = async ({ jar }) =>
  badgesOfMap(await jar.fetchText(`${application.url}/api/flags`));

/** Says how large the cart is, as `setContext` does, and the next time takes that back. */
const setContext: Visit = async (visitor) => {
  const isSaying = visitor.cart === 'nothing';
  const context = isSaying ? { cartSize: visitor.number } : {};
  visitor.cart = isSaying ? String(visitor.number) : 'nothing';
  const map = await visitor.jar.fetchText(`${application.url}/api/flags`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ context }),
  });
  return badgesOfMap(map);
};

/** Each visit with the number of badges it gives. */
const VISITS: readonly [Visit, number][] = [
  [visitPage, BADGES_OF_A_PAGE],
  [setContext, 1],
  [submitForm, BADGES_OF_A_PAGE + 1],
  [askHandler, 2],
  [askEndpoint, 1],
];

it.each([
  ['useFlag', '/isolation'],
  ["OpenFeature's hooks", '/isolation/openfeature'],
])(
  '2,000 interleaved requests of 200 visitors see no foreign value through %s',
  async (_name, path) => {
    const url = `${application.url}${path}`;
    const place = { url, formFields: fieldsOf(await new CookieJar().fetchText(url)) };
    const visitors = Array.from({ length: VISITORS }, (_, number): Visitor => {
      return { number, jar: new CookieJar(), cart: 'nothing' };
    });
    const foreign: string[] = [];
    let [requests, seen] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      // Neighbours do something different, and nobody has more than one request at a time.
      await inParallel(visitors, async (visitor) => {
        const [visit] = VISITS[(visitor.number + round) % VISITS.length] as [Visit, number];
        const badges = await visit(visitor, place);
        const own = `${visitor.jar.get('halyard-visitor')}/${visitor.cart}`;
        requests++;
        seen += badges.length;
        foreign.push(
          ...badges
            .filter((badge) => badge !== own)
            .map((badge) => `${badge} in ${visit.name} for ${own}`),
        );
      });
    }
    expect(foreign).toEqual([]);
    expect(new Set(visitors.map(({ jar }) => jar.get('halyard-visitor'))).size).toBe(VISITORS);
    expect(requests).toBe(2000);
    const perVisit = requests / VISITS.length;
    expect(seen).toBe(VISITS.reduce((sum, [, badges]) => sum + perVisit * badges, 0));
  },
  120_000,
);

/** Of the layout, the page, a client component, and both late boundaries before and after they waited. */
function badgesOf(html: string): string[] {
  return [
    'in-layout',
    'in-page',
    'in-client',
    'before-50',
    'after-50',
    'late-50',
    'before-150',
    'after-150',
    'late-150',
  ].flatMap((testId) => textsOf(html, testId));
}

function badgesOfMap(json: string): string[] {
  const flags = decodeBootstrap(JSON.parse(json));
  return [`${flags.get('bucket')?.value}/${flags.get('cart')?.value}`];
}

/** The hidden fields of the page's only form. */
function fieldsOf(html: string): [string, string][] {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?\/>/g);
  return [...inputs].map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  ]);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
