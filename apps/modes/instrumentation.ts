/** Starts the flag runtime with the server, and has every read noted for the tests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { flags } = await import('./lib/flags.ts');
  const { countReads } = await import('./lib/reads.ts');
  await flags.register();
  countReads();
}
