'use client';

import { useFlag } from '@halyard/react';
import { useSetContext } from '@halyard/react/refresh';
import { useState } from 'react';
import { bucketInAction } from '../actions/session.ts';

/** What the browser knows of the visitor, and what it can say. */
export function InTheBrowser() {
  const { value: bucket } = useFlag('bucket', 'default');
  const { value: delivery } = useFlag('delivery', 'default');
  const { value: plan } = useFlag('plan', 'default');
  const setContext = useSetContext();
  const [said, setSaid] = useState('');
  const say = (attributes: Parameters<typeof setContext>[0]) =>
    setContext(attributes).then(
      () => setSaid('said'),
      (problem: Error) => setSaid(problem.message),
    );
  return (
    <section>
      <b data-testid="browser-bucket">{bucket}</b> <b data-testid="browser-delivery">{delivery}</b>{' '}
      <b data-testid="browser-plan">{plan}</b> <output data-testid="said">{said}</output>
      <button type="button" onClick={() => say({ cartSize: 3 })}>
        Three in the cart
      </button>
      <button type="button" onClick={() => say({})}>
        Say nothing
      </button>
      <button type="button" onClick={() => say({ plan: 'pro', cartSize: 1 })}>
        Claim a plan
      </button>
      <button type="button" onClick={() => say({ targetingKey: 'ann' })}>
        Claim to be Ann
      </button>
      <button type="button" onClick={async () => setSaid(await bucketInAction('hello'))}>
        Ask an action
      </button>
    </section>
  );
}
