// A request as Next has it, for what it does after the response: its own `after()`, run by Next's own code.
import { AsyncLocalStorage } from 'node:async_hooks';

// Next's modules look for it there when they load.
globalThis.AsyncLocalStorage ??= AsyncLocalStorage;
export const { afterResponse } = await import('@halyard/next');
const nextServer = 'next/dist/server';
const { default: work } = await import(`${nextServer}/app-render/work-async-storage.external.js`);
const { default: unit } = await import(
  `${nextServer}/app-render/work-unit-async-storage.external.js`
);
const { default: afterModule } = await import(`${nextServer}/after/after-context.js`);

/** How often `after()` was called within a request. */
export const after = { calls: 0 };

/** Runs a read within a request of its own, and lets the response end when it has its value. */
export async function withinRequest(read) {
  const closing = [];
  const afterContext = new afterModule.AfterContext({
    waitUntil: (promise) => promise.catch(() => {}),
    onClose: (callback) => closing.push(callback),
    onTaskError: (error) => {
      throw error;
    },
  });
  const store = { route: '/', afterContext };
  const take = afterContext.after.bind(afterContext);
  afterContext.after = (...task) => {
    after.calls++;
    take(...task);
  };
  try {
    return await work.workAsyncStorage.run(store, () =>
      unit.workUnitAsyncStorage.run({ type: 'request', phase: 'render' }, read),
    );
  } finally {
    for (const close of closing) close();
  }
}
