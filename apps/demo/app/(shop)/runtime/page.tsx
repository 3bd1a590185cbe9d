import type { Metadata } from 'next';
import { connection } from 'next/server';
import { RuntimeBoard } from '../../../components/runtime/runtime-board.tsx';
import { flags } from '../../../lib/flags.ts';
import { statusView } from '../../../lib/runtime/frame.ts';

export const metadata: Metadata = { title: 'Runtime' };

/** What the runtime knows: first as it was when the page was asked for, then live. */
export default async function RuntimePage() {
  await connection();
  return <RuntimeBoard initial={statusView(flags.client.status())} />;
}
