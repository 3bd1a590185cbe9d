'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';

const PREFETCH = { auto: null, full: true, none: false } as const;

interface Links {
  readonly to: readonly string[];
  readonly prefetch: boolean | null;
}

/** The links of the start page, as its address says: `?to=/gate&to=/late&prefetch=full`. */
export function LinkPad() {
  const [{ to, prefetch }, setLinks] = useState<Links>({ to: [], prefetch: false });
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const kind = query.get('prefetch') as keyof typeof PREFETCH;
    setLinks({ to: query.getAll('to'), prefetch: PREFETCH[kind] });
  }, []);
  return to.map((href) => (
    <p key={href}>
      <Link href={href} prefetch={prefetch}>
        {href}
      </Link>
    </p>
  ));
}
