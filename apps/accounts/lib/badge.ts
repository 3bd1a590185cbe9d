import { flags } from './flags.ts';

/** Whom the flags are for and what that visitor's page has said, as the server reads both. */
export async function badge(): Promise<string> {
  const bucket = await flags.get('bucket', 'default');
  return `${bucket}/${await flags.get('cart', 'default')}`;
}
