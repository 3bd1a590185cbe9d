import { flags } from '../../../lib/flags.ts';

/** Decided when it is built, for everybody: by the definitions alone, since there is no visitor. */
export async function generateStaticParams(): Promise<{ place: string }[]> {
  await flags.client.ready();
  const { value } = flags.client.resolve('made', false, {}, { expose: false });
  return [{ place: value ? 'on' : 'off' }];
}

/** What is cached takes values, which belong to its key. */
export default async function Page({ params }: { params: Promise<{ place: string }> }) {
  const { place } = await params;
  return <Cached place={place} made={await flags.get('made', false)} />;
}

async function Cached({ place, made }: { place: string; made: boolean }) {
  'use cache';
  return <main>{`made: ${place} ${made}`}</main>;
}
