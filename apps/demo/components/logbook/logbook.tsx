import type { FlagKey } from '@halyard/core';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { BAG_COOKIE, itemCount, parseBag } from '../../lib/bag.ts';
import type { ProductSlug } from '../../lib/catalog.ts';
import { flags } from '../../lib/flags.ts';
import { PERSONA_COOKIE } from '../../lib/identify.ts';
import { personaOf } from '../../lib/personas.ts';
import { Decision } from './decision.tsx';
import styles from './logbook.module.css';
import { LogbookPanel } from './logbook-panel.tsx';
import { Readers } from './readers.tsx';

interface LogbookProps {
  /** The product whose price is asked for. */
  readonly item: ProductSlug;
  /** The discount that the page rendered with. */
  readonly discount: number;
  /** The flags that made the page. */
  readonly keys: readonly FlagKey[];
}

/** How this page was decided: who it was made for, what each reader saw, and every flag's reason. */
export async function Logbook({ item, discount, keys }: LogbookProps) {
  const jar = await cookies();
  const { name, attributes } = personaOf(jar.get(PERSONA_COOKIE)?.value);
  const cartSize = itemCount(parseBag(jar.get(BAG_COOKIE)?.value));
  const explanations = await Promise.all(keys.map((key) => flags.explain(key)));
  return (
    <LogbookPanel>
      <section>
        <h3>For {name}</h3>
        <ul className={styles.attributes}>
          {Object.entries({ ...attributes, cartSize }).map(([attribute, value]) => (
            <li key={attribute}>
              {attribute}: <b>{value}</b>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>One flag, four readers</h3>
        <Readers item={item} server={discount} />
      </section>
      <section>
        <h3>Every flag on this page</h3>
        <ul className={styles.decisions}>
          {explanations.map((explanation) => (
            <Decision key={explanation.flagKey} explanation={explanation} />
          ))}
        </ul>
      </section>
      <p className={styles.version}>
        Definitions <code data-testid="version">{explanations[0]?.version.slice(0, 12)}</code>.{' '}
        <Link href="/runtime">What the runtime knows</Link>
      </p>
    </LogbookPanel>
  );
}
