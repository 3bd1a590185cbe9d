import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./document-server.mjs', import.meta.url));

/** Starts document-server.mjs in a process of its own; resolves when it listens. */
export async function startServer(documentModule, flagCount) {
  const child = fork(PROGRAM, [documentModule, flagCount]);
  const answer = async () => (await once(child, 'message'))[0];
  const { url } = await answer();
  return {
    url,
    /** Resolves when `{ revision, validators }` is what the next request gets. */
    show: (content) => {
      child.send(content);
      return answer();
    },
    stop: () => child.disconnect(),
  };
}
