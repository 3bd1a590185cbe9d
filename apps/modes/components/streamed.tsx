import { type ReactNode, Suspense } from 'react';

/** Cached components want what belongs to a request below a boundary; elsewhere the page is one piece. */
export function Streamed({ children }: { children: ReactNode }) {
  return process.env.MODE === 'classic' ? children : <Suspense>{children}</Suspense>;
}
