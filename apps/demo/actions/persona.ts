'use server';

import { cookies } from 'next/headers';
import { PERSONA_COOKIE } from '../lib/identify.ts';
import { GUEST, personaOf } from '../lib/personas.ts';

/** Goes on shopping as the persona the form names. The page is rendered again for them. */
export async function choosePersona(form: FormData): Promise<void> {
  const persona = personaOf(String(form.get('persona')));
  const jar = await cookies();
  if (persona === GUEST) jar.delete(PERSONA_COOKIE);
  else jar.set(PERSONA_COOKIE, persona.id, { httpOnly: true, sameSite: 'lax' });
}
