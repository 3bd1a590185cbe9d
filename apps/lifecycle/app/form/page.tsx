import { save } from './actions.ts';

export default function Page() {
  return (
    <form action={save}>
      <button type="submit">Save</button>
    </form>
  );
}
