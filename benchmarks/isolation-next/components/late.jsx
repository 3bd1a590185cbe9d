import { setTimeout as pause } from 'node:timers/promises';
import { Shown } from '../../isolation/places.mjs';

/** Reads, waits and reads again, and only then renders: by now other requests have come and gone. */
export async function Late({ delay, read, children }) {
  const before = await read();
  await pause(delay);
  return (
    <>
      <Shown place={`before-${delay}`} badge={before} />
      <Shown place={`after-${delay}`} badge={await read()} />
      {children}
    </>
  );
}
