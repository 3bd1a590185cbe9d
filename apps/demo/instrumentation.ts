/** Starts the flag runtime with the server, so that the first visitor waits for nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { flags } = await import('./lib/flags.ts');
  await flags.register();
}
