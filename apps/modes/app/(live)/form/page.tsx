import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { fail, save, saveAndLeave } from './actions.ts';

export default function Page() {
  return (
    <main data-page="form">
      <Suspense>
        <Read flag="page-of-action" />
      </Suspense>
      <form action={save}>
        <button type="submit" id="save">
          Save
        </button>
      </form>
      <form action={saveAndLeave}>
        <button type="submit" id="leave">
          Save and leave
        </button>
      </form>
      <form action={fail}>
        <button type="submit" id="fail">
          Fail
        </button>
      </form>
    </main>
  );
}
