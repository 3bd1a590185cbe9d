import { Read } from '../../../components/read.tsx';

export default function Page() {
  return (
    <main data-page="page-get">
      <Read flag="page-get" />
    </main>
  );
}
