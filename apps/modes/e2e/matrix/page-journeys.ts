import '../../lib/test-window.ts';
import type { Journey, Traveller } from './journey.ts';
import type { Counter, PageSpec } from './pages.ts';
import type { Tab } from './tab.ts';

/** What a way to a page amounts to. */
type Sense =
  /** A document that arrives and is shown. */
  | 'document'
  /** A page that is shown within the application. */
  | 'navigation'
  /** Nothing that anybody sees. */
  | 'nothing';

interface Way {
  readonly kind: string;
  readonly sense: Sense;
  /** Whether it is tried on every page. */
  readonly isBasic?: boolean;
  /** Whether only what is mounted shows that anything was shown: the server is not asked again. */
  readonly isForTheBrowser?: boolean;
  readonly cookies?: Readonly<Record<string, string>>;
  go(traveller: Traveller, page: PageSpec): Promise<unknown>;
}

const WAYS: readonly Way[] = [
  {
    kind: 'document',
    sense: 'document',
    isBasic: true,
    async go(traveller, { path, shown }) {
      const tab = await traveller.tab();
      await tab.openBare(path);
      await tab.page.waitForSelector(`[data-page="${shown}"]`);
      await tab.quiet();
    },
  },
  {
    kind: 'document, reload',
    sense: 'document',
    async go(traveller, { path }) {
      const tab = await traveller.tab();
      await tab.open(path);
      await tab.reload();
    },
  },
  {
    kind: 'documents, back, forward',
    sense: 'document',
    async go(traveller, { path }) {
      const tab = await traveller.tab();
      await tab.open(path);
      await tab.open('/');
      await tab.back();
      await tab.forward();
      await tab.back();
    },
  },
  {
    kind: 'RSC navigation',
    sense: 'navigation',
    isBasic: true,
    go: (traveller, page) => navigate(traveller, page, 'none'),
  },
  {
    kind: 'RSC navigation, back, forward',
    sense: 'navigation',
    async go(traveller, page) {
      const tab = await navigate(traveller, page, 'none');
      await tab.back();
      await tab.forward();
    },
  },
  {
    kind: 'default link, followed',
    sense: 'navigation',
    isBasic: true,
    go: (traveller, page) => navigate(traveller, page, 'auto'),
  },
  {
    kind: 'prefetch={true}, followed',
    sense: 'navigation',
    isBasic: true,
    go: (traveller, page) => navigate(traveller, page, 'full'),
  },
  {
    kind: 'default link, seen',
    sense: 'nothing',
    go: async (traveller, { path }) => (await traveller.tab()).openLinks([path], 'auto'),
  },
  {
    kind: 'default link, hovered',
    sense: 'nothing',
    async go(traveller, { path }) {
      const tab = await traveller.tab();
      await tab.openLinks([path], 'auto');
      await tab.hover(path);
    },
  },
  {
    kind: 'prefetch={true}, seen',
    sense: 'nothing',
    isBasic: true,
    go: async (traveller, { path }) => (await traveller.tab()).openLinks([path], 'full'),
  },
  {
    kind: '<link rel="prefetch">',
    sense: 'nothing',
    async go(traveller, { path }) {
      const tab = await traveller.tab();
      await tab.open('/');
      await tab.page.evaluate((href) => {
        document.head.append(
          Object.assign(document.createElement('link'), { rel: 'prefetch', href }),
        );
      }, path);
      await tab.quiet();
    },
  },
  {
    kind: 'speculation rules, seen',
    sense: 'nothing',
    go: (traveller, page) => speculate(traveller, page),
  },
  {
    kind: 'speculation rules, followed',
    sense: 'navigation',
    isForTheBrowser: true,
    async go(traveller, page) {
      const tab = await speculate(traveller, page);
      await tab.openFromPage(page.path, page.shown);
    },
  },
  {
    kind: 'HEAD',
    sense: 'nothing',
    isBasic: true,
    go: (traveller, { path }) => traveller.fetch(path, { method: 'HEAD' }),
  },
  {
    kind: 'document without consent',
    sense: 'nothing',
    cookies: { consent: 'refused' },
    go: async (traveller, { path }) => (await traveller.tab()).open(path),
  },
  {
    kind: 'consent once it is shown',
    sense: 'navigation',
    cookies: { consent: 'refused' },
    async go(traveller, { path }) {
      const tab = await traveller.tab();
      await tab.open(path);
      await tab.page.evaluate(() => window.agree?.());
      await tab.quiet();
    },
  },
];

/** Every way to a page, with what has to be counted on it. */
export function journeysTo(page: PageSpec): Journey[] {
  const isMounted = !Object.values(page.flags).includes('server');
  const ways = WAYS.filter(
    ({ isBasic, isForTheBrowser }) =>
      isBasic || (page.isTriedInEveryWay && (isMounted || !isForTheBrowser)),
  );
  return ways.map((way) => ({
    place: page.path,
    kind: way.kind,
    cookies: way.cookies,
    expected: Object.fromEntries(
      Object.entries(page.flags).map(([flag, counter]) => [flag, countOf(counter, way.sense)]),
    ),
    go: (traveller) => way.go(traveller, page),
  }));
}

/** The rule: documents count on the server, and whatever is mounted in the browser. */
function countOf(counter: Counter, sense: Sense): number {
  if (sense === 'nothing' || counter === 'nobody') return 0;
  if (sense === 'document') return 1;
  return counter === 'server' ? 0 : 1;
}

async function navigate(
  traveller: Traveller,
  { path, shown }: PageSpec,
  prefetch: 'auto' | 'full' | 'none',
) {
  const tab = await traveller.tab();
  await tab.openLinks([path], prefetch);
  await tab.follow(path, shown);
  return tab;
}

/** Has the browser itself fetch a page that it expects to be asked for. */
async function speculate(traveller: Traveller, { path }: PageSpec): Promise<Tab> {
  const tab = await traveller.tab();
  await tab.open('/');
  await tab.page.evaluate((url) => {
    const prefetch = [{ urls: [url], eagerness: 'immediate' }];
    const script = document.createElement('script');
    script.type = 'speculationrules';
    script.textContent = JSON.stringify({ prefetch });
    document.head.append(script);
  }, path);
  await tab.quiet();
  return tab;
}
