'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { flags } from '../../../lib/flags.ts';

/** Reads, and has the page rendered again. */
export async function save(): Promise<void> {
  await flags.get('action', false);
  refresh();
}

export async function saveAndLeave(): Promise<void> {
  await flags.get('action-redirect', false);
  redirect('/');
}

export async function fail(): Promise<void> {
  await flags.get('action-throw', false);
  throw new Error('this action always fails');
}
