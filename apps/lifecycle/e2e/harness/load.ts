import { ROUTES } from './routes.ts';

/** What came of a load. */
export interface LoadReport {
  /** The exposures of sound responses, as `visitor flag`. */
  readonly answered: readonly string[];
  /** Responses that began and did not end well. */
  readonly broken: readonly string[];
  /** Requests that met a closed door. */
  readonly refused: number;
  /** Requests on a connection that was kept, and was closed before an answer to them began. */
  readonly crossed: number;
}

/** Visitors who keep coming, each with one request to one kind of route. */
export interface Load {
  /** Resolves when so many more sound responses have come. */
  answered(count: number): Promise<void>;
  /** Ends it, and says what came of it. */
  stop(): Promise<LoadReport>;
}

/** Sends visitors over a number of workers, until the server is gone or the load is stopped. */
export function startLoad(url: string, { workers }: { readonly workers: number }): Load {
  const answered: string[] = [];
  const broken: string[] = [];
  let responses = 0;
  let refused = 0;
  let crossed = 0;
  let serial = 0;
  let isOver = false;

  async function work(): Promise<void> {
    while (!isOver) {
      const number = serial++;
      const route = ROUTES[number % ROUTES.length];
      if (route === undefined) return;
      const visitor = `visitor-${number}`;
      try {
        await route.visit(url, visitor);
        responses++;
        answered.push(...route.counts.map((flag) => `${visitor} ${flag}`));
      } catch (thrown) {
        if (!isUnanswered(thrown)) broken.push(`${route.kind}: ${describe(thrown)}`);
        else if (isRefusal(thrown)) refused++;
        else crossed++;
        // Whoever is refused comes again only a little later.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
  const running = Array.from({ length: workers }, work);
  return {
    async answered(count) {
      const wanted = responses + count;
      while (responses < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async stop() {
      isOver = true;
      await Promise.all(running);
      return { answered, broken, refused, crossed };
    },
  };
}

/** `fetch` rejects before a response has begun; a body that breaks off rejects as `terminated`. */
function isUnanswered(thrown: unknown): thrown is TypeError {
  return thrown instanceof TypeError && thrown.message === 'fetch failed';
}

function isRefusal({ cause }: TypeError): boolean {
  // With several addresses of one name, each is tried: then it is one error of them all.
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.message} ${thrown.cause ?? ''}` : String(thrown);
}
