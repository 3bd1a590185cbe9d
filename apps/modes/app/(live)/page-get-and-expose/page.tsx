import { Expose } from '@halyard/react';
import { Read } from '../../../components/read.tsx';

export default function Page() {
  return (
    <main data-page="page-get-and-expose">
      <Read flag="page-get-and-expose" />
      <Expose flags={['page-get-and-expose']} />
    </main>
  );
}
