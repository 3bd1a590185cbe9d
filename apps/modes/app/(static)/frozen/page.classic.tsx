import { Read } from '../../../components/read.tsx';
import { UseRead } from '../../../components/use-read.tsx';

export const dynamic = 'force-static';

/** Made once, at build time. */
export default function Page() {
  return (
    <main data-page="frozen">
      <Read flag="static-get" />
      <UseRead flag="static-use-flag" />
    </main>
  );
}
