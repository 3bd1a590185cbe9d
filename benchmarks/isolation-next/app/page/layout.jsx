import { Shown } from '../../../isolation/places.mjs';
import { currentSubject } from '../../subjects/current.mjs';

/** Who asks is known when somebody does. */
export const dynamic = 'force-dynamic';

/** Reads by itself, and wires what client components read with. */
export default async function PageLayout({ children }) {
  const { read, provide } = await currentSubject();
  return (
    <>
      <Shown place="in-layout" badge={await read()} />
      {await provide(children)}
    </>
  );
}
