'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';

interface ActionReport {
  /** The discount that the visitor's last server action saw; undefined before any ran. */
  readonly seen: number | undefined;
  readonly report: (discountPercent: number) => void;
}

const ActionReportContext = createContext<ActionReport>({ seen: undefined, report: () => {} });

interface ActionReportProviderProps {
  /** Who is shopping. What an action saw for somebody else is not shown. */
  readonly visitor: string;
  readonly children: ReactNode;
}

/** Lets any form of the shop tell the logbook what its server action read. */
export function ActionReportProvider({ visitor, children }: ActionReportProviderProps) {
  const [last, setLast] = useState<{ visitor: string; seen: number }>();
  const value = useMemo(
    () => ({
      seen: last?.visitor === visitor ? last.seen : undefined,
      report: (seen: number) => setLast({ visitor, seen }),
    }),
    [last, visitor],
  );
  return <ActionReportContext value={value}>{children}</ActionReportContext>;
}

/** What the visitor's last server action read. */
export function useSeenByAction(): number | undefined {
  return use(ActionReportContext).seen;
}

/** Tells the logbook what a server action read. */
export function useReportAction(): (discountPercent: number) => void {
  return use(ActionReportContext).report;
}
