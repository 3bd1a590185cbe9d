'use client';

import { useFlagValue } from '@halyard/react';
import { type ReactNode, useTransition } from 'react';
import { readInAction } from '../../actions/bag.ts';
import type { ProductSlug } from '../../lib/catalog.ts';
import { DEFAULT_DISCOUNT } from '../../lib/flag-defaults.ts';
import { useQuote } from '../shop/use-quote.ts';
import { useReportAction, useSeenByAction } from './action-report.tsx';
import styles from './logbook.module.css';

interface ReaderProps {
  readonly name: string;
  readonly where: string;
  readonly value: number | undefined;
  readonly testId: string;
  readonly children?: ReactNode;
}

function Reader({ name, where, value, testId, children }: ReaderProps) {
  return (
    <tr>
      <th scope="row">
        {name}
        <code>{where}</code>
      </th>
      <td>{children}</td>
      <td className={styles.seen}>
        <span data-testid={testId}>{value ?? '–'}</span>
        {value !== undefined && '%'}
      </td>
    </tr>
  );
}

interface ReadersProps {
  readonly item: ProductSlug;
  /** What the page's server component read. */
  readonly server: number;
}

/** One flag, and what each of the four places that can read it saw. */
export function Readers({ item, server }: ReadersProps) {
  const client = useFlagValue('discount-percent', DEFAULT_DISCOUNT);
  const { quote, askAgain } = useQuote(item);
  const seen = useSeenByAction();
  const report = useReportAction();
  const [isAsking, startAsking] = useTransition();
  const ask = () => startAsking(async () => report(await readInAction()));
  return (
    <table className={styles.readers}>
      <caption>
        <code>discount-percent</code>, as seen by
      </caption>
      <tbody>
        <Reader name="Server component" where="flags.get" value={server} testId="server-value" />
        <Reader name="Client component" where="useFlag" value={client} testId="client-value" />
        <Reader
          name="Route handler"
          where="GET /api/price"
          value={quote?.discountPercent}
          testId="route-value"
        >
          <button type="button" onClick={askAgain} data-testid="ask-route">
            Ask <span className="visually-hidden">the route handler</span>
          </button>
        </Reader>
        <Reader name="Server action" where="addToBag" value={seen} testId="action-value">
          <button type="button" onClick={ask} disabled={isAsking} data-testid="ask-action">
            Ask <span className="visually-hidden">a server action</span>
          </button>
        </Reader>
      </tbody>
    </table>
  );
}
