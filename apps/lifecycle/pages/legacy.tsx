import { useFlag } from '@halyard/react';
import type { GetServerSideProps } from 'next';
import { flags } from '../lib/flags.ts';
import { pause } from '../lib/pause.ts';

/** A page of the Pages Router: reads a flag on the server, and another in the browser. */
export const getServerSideProps: GetServerSideProps = async ({ req, query }) => {
  const visitor = flags.forRequest(req);
  const legacy = await visitor.get('legacy', false);
  await pause(query.pause);
  return { props: { legacy, flags: await visitor.hydrate() } };
};

export default function Legacy({ legacy }: { legacy: boolean }) {
  const { value } = useFlag('legacy-client', false);
  return (
    <main>
      <p>{`legacy: ${legacy}`}</p>
      <p>{`legacy-client: ${value}`}</p>
    </main>
  );
}
