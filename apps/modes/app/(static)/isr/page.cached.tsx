import { cacheLife } from 'next/cache';
import { UseRead } from '../../../components/use-read.tsx';

/** Made anew every second in which somebody asks for it. */
export default async function Page() {
  'use cache';
  cacheLife({ stale: 300, revalidate: 1, expire: 3600 });
  return (
    <main data-page="isr">
      <p data-testid="made-at">{Date.now()}</p>
      <UseRead flag="isr-use-flag" />
    </main>
  );
}
