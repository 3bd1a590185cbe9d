import type { Product } from '../../lib/catalog.ts';
import styles from './product.module.css';

/** What can be measured about a product. */
export function Facts({ facts }: Pick<Product, 'facts'>) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
