'use client';

import { useActionState } from 'react';
import { badgeInAction } from '../actions.mjs';

/** Shows what the action says, also where a browser posts the form without any script. */
export function BadgeForm() {
  const [said, submit] = useActionState(badgeInAction, '');
  return (
    <form action={submit}>
      <output data-action="">{said}</output> <button type="submit">Ask an action</button>
    </form>
  );
}
