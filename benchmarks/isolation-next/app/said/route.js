import { cookies } from 'next/headers';
import { currentSubject } from '../../subjects/current.mjs';
import { visitorOf } from '../../visitor.mjs';

/** Takes what a page says of its visitor, or takes it back; answers with the flags from then on. */
export async function POST() {
  const { read } = await currentSubject();
  const jar = await cookies();
  jar.set('said', visitorOf(jar).hasSaid ? '0' : '1');
  return Response.json([await read()]);
}
