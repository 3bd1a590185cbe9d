import { flags } from '../lib/flags.ts';

/** Reads a flag on the server and shows its value. */
export async function Read({ flag }: { flag: string }) {
  return <p>{`${flag}: ${await flags.get(flag, false)}`}</p>;
}
