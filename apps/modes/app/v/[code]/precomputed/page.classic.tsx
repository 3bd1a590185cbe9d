import { Precomputed } from '../../../../components/precomputed.tsx';
import { precomputed } from '../../../../lib/precomputed.ts';

// `error` would be told of what the root `not-found.tsx` reads, which Next renders along with every page.
export const dynamic = 'force-static';

export const generateStaticParams = () => precomputed.generateStaticParams();

/** A page made in advance, and yet with the visitor's flags. Its address is `/precomputed`. */
export default async function Page({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  return <Precomputed code={code} />;
}
