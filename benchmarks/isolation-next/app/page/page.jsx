import { Suspense } from 'react';
import { DELAYS, Shown } from '../../../isolation/places.mjs';
import { BadgeForm } from '../../components/badge-form.jsx';
import { Late } from '../../components/late.jsx';
import { currentSubject } from '../../subjects/current.mjs';

/** Shows the badge in a server component, in a client component, and in boundaries that are late. */
export default async function Page() {
  const { read, Badge } = await currentSubject();
  return (
    <main>
      <Shown place="in-page" badge={await read()} />
      <Badge place="in-client" />
      <BadgeForm />
      {DELAYS.map((delay) => (
        <Suspense key={delay} fallback={<i>…</i>}>
          <Late delay={delay} read={read}>
            <Badge place={`late-${delay}`} />
          </Late>
        </Suspense>
      ))}
    </main>
  );
}
