import type { Metadata } from 'next';
import { flags } from '../../../lib/flags.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: String(await flags.get('metadata', false)) };
}

export default async function Page() {
  await flags.get('settled', false, { expose: false });
  return <main data-page="metadata">Its title reads.</main>;
}
