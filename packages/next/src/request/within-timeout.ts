/**
 * Waits for the application's answer, at most `timeout` milliseconds, and rejects with the name of the
 * option then. The timer is cleared as soon as there is an answer: a pending one would pin the
 * request's memory.
 */
export async function withinTimeout<T>(
  answer: T | PromiseLike<T>,
  { timeout, option }: { readonly timeout: number; readonly option: string },
): Promise<T> {
  if (!isThenable(answer)) return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${timeout} ms (${option})`));
    }, timeout);
    timer.unref();
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
