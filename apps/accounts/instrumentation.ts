/** Starts the flags before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs')
    await (await import('./lib/flags.ts')).flags.register();
}
