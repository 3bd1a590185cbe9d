import { compileSegments } from './compile-segments.ts';
import { follow } from './data.ts';
import { Evaluation } from './evaluation.ts';
import { SyntaxFault, ValidityFault } from './faults.ts';
import { parseQuery } from './parse-query.ts';
import { type QueryNode, type SingularPath, singularPathOf } from './query-tree.ts';
import type { JsonPathQuery, JsonPathResult } from './types.ts';
import { collect, findFirst } from './walk.ts';
import { checkQuery } from './well-typed.ts';

/** Longer texts are refused; in UTF-16 units. */
const MAX_LENGTH = 10_000;

/**
 * Compiles a JSONPath query (RFC 9535), without generating code. What is wrong with it is returned, not
 * thrown.
 *
 * Member names after a dot follow Flagsmith's parser, not the RFC: they may contain hyphens, and no
 * character outside the basic plane. In quotes every name can be written.
 *
 * A query reads own properties of plain objects and of arrays, nothing else. A getter that throws and
 * a member that is undefined are no nodes. `match` and `search` run in time linear in the text; they
 * match nothing in texts of more than 10,000 characters, and with patterns that are no I-Regexp, or of
 * more than 1,000 characters or parts.
 */
export function compileJsonPath(text: string): JsonPathResult {
  if (text.length > MAX_LENGTH) {
    return { kind: 'invalid', message: `the query is longer than ${MAX_LENGTH} characters` };
  }
  try {
    const query = parseQuery(text);
    checkQuery(query);
    return compileQuery(query);
  } catch (fault) {
    if (fault instanceof SyntaxFault) {
      return { kind: 'syntax-error', message: fault.message, position: fault.position };
    }
    if (fault instanceof ValidityFault) return { kind: 'invalid', message: fault.message };
    throw fault;
  }
}

function compileQuery(query: QueryNode): JsonPathQuery {
  const path = singularPathOf(query);
  const firstMember = firstMemberOf(query);
  if (path === undefined) {
    return { kind: 'query', ...searching(query), firstMember, path };
  }
  const fromStart = path.every((step) => typeof step === 'string' || step >= 0);
  return { kind: 'query', ...reading(path), firstMember, path: fromStart ? path : undefined };
}

type Finders = Pick<JsonPathQuery, 'first' | 'all'>;

function reading(path: SingularPath): Finders {
  const first = (root: unknown) => {
    try {
      return follow(root, path);
    } catch {
      // A proxy may throw from its own traps: there is nothing to find in it.
      return undefined;
    }
  };
  const all = (root: unknown) => {
    const value = first(root);
    return value === undefined ? [] : [value];
  };
  return { first, all };
}

function searching(query: QueryNode): Finders {
  const walk = compileSegments(query.segments);
  return {
    first: (root) => {
      try {
        return findFirst(walk, root, new Evaluation(root));
      } catch {
        // Exhausted, out of stack, or a proxy's trap: nothing is found.
        return undefined;
      }
    },
    all: (root) => {
      try {
        return collect(walk, root, new Evaluation(root));
      } catch {
        return [];
      }
    },
  };
}

function firstMemberOf({ segments }: QueryNode): string | undefined {
  const [segment] = segments;
  const [selector] = segment?.selectors ?? [];
  if (segment?.descendant || segment?.selectors.length !== 1) return undefined;
  return selector?.kind === 'name' ? selector.name : undefined;
}
