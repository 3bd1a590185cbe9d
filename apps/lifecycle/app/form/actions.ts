'use server';

import { flags } from '../../lib/flags.ts';

export async function save(): Promise<void> {
  await flags.get('action', false);
}
