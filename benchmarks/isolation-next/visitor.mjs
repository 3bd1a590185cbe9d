import { cookies } from 'next/headers';
import { contextOf } from '../isolation/environment.mjs';

/** Who asks, and whether their page has said something: the application keeps neither. */
export function visitorOf(jar) {
  return {
    number: Number(jar.get('visitor')?.value),
    hasSaid: jar.get('said')?.value === '1',
  };
}

/** The context of whoever asks, for SDKs that are given it on every read. */
export async function currentContext() {
  return contextOf(visitorOf(await cookies()));
}
