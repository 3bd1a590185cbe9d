import { Precomputed } from '../../../../components/precomputed.tsx';
import { precomputed } from '../../../../lib/precomputed.ts';

export const generateStaticParams = () => precomputed.generateStaticParams();

/** A page made in advance, and yet with the visitor's flags. Its address is `/precomputed`. */
export default async function Page({ params }: { params: Promise<{ code: string }> }) {
  'use cache';
  const { code } = await params;
  return <Precomputed code={code} />;
}
