import type { Metadata } from 'next';
import { flags } from '../lib/flags.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: `metadata: ${await flags.get('metadata', false)}` };
}

/** A page in one piece. */
export default async function Page() {
  return <main>{`page: ${await flags.get('page', false)}`}</main>;
}
