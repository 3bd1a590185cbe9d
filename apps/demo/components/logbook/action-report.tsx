'use client';

import { createContext, type ReactNode, use, useState } from 'react';

interface ActionReport {
  /** The discount that the last server action saw; undefined before any ran. */
  readonly seen: number | undefined;
  readonly report: (discountPercent: number) => void;
}

const ActionReportContext = createContext<ActionReport>({ seen: undefined, report: () => {} });

/** Lets any form of the shop tell the logbook what its server action read. */
export function ActionReportProvider({ children }: { readonly children: ReactNode }) {
  const [seen, report] = useState<number>();
  return <ActionReportContext value={{ seen, report }}>{children}</ActionReportContext>;
}

/** What the last server action read. */
export function useSeenByAction(): number | undefined {
  return use(ActionReportContext).seen;
}

/** Tells the logbook what a server action read. */
export function useReportAction(): (discountPercent: number) => void {
  return use(ActionReportContext).report;
}
