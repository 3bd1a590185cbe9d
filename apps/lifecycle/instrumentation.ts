/** Starts the flag runtime with the server, and has it drained before the process ends. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { flags } = await import('./lib/flags.ts');
  await flags.register();
}
