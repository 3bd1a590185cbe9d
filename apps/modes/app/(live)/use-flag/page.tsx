import { UseRead } from '../../../components/use-read.tsx';

export default function Page() {
  return (
    <main data-page="use-flag">
      <UseRead flag="use-flag" />
    </main>
  );
}
