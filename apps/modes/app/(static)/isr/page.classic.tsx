import { Read } from '../../../components/read.tsx';
import { UseRead } from '../../../components/use-read.tsx';

export const dynamic = 'force-static';
export const revalidate = 1;

/** Made anew every second in which somebody asks for it. */
export default function Page() {
  return (
    <main data-page="isr">
      <p data-testid="made-at">{Date.now()}</p>
      <Read flag="isr-get" />
      <UseRead flag="isr-use-flag" />
    </main>
  );
}
