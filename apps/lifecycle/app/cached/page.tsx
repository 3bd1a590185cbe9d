import { connection } from 'next/server';
import { flags } from '../../lib/flags.ts';

/** Reads a flag where it must not be read: what it gives one visitor would be shown to all. */
export default async function Page() {
  await connection();
  return <main>{`cached: ${await value()}`}</main>;
}

async function value(): Promise<string> {
  'use cache';
  return String(await flags.get('cached', false));
}
