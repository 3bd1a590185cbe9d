import Link from 'next/link';
import { PRODUCTS, type Product } from '../../lib/catalog.ts';
import type { PriceLabelText, ProductLayout } from '../../lib/flag-types.ts';
import { ProductArt } from '../art/product-art.tsx';
import { Price } from './price.tsx';
import styles from './shelves.module.css';

interface ShelvesProps {
  readonly layout: ProductLayout;
  readonly label: PriceLabelText;
  readonly discountPercent: number;
}

/** Everything in the shop, laid out as a grid, as a magazine or as a price list. */
export function Shelves({ layout, label, discountPercent }: ShelvesProps) {
  return (
    <section id="shelves" className={styles.shelves} aria-labelledby="shelves-title">
      <div className={styles.heading}>
        <h2 id="shelves-title">On the shelves</h2>
        <p>Six things, and each of them does one.</p>
      </div>
      <ul
        className={styles.list}
        data-layout={layout}
        data-flag="product-layout"
        data-testid="shelves"
      >
        {PRODUCTS.map((product) => (
          <li key={product.slug}>
            <Item product={product}>
              <Price cents={product.cents} discountPercent={discountPercent} label={label} />
            </Item>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  readonly product: Product;
  readonly children: React.ReactNode;
}

function Item({ product, children }: ItemProps) {
  return (
    <article className={styles.item}>
      <div className={styles.plate}>
        <ProductArt slug={product.slug} />
      </div>
      <div className={styles.words}>
        <h3>
          <Link href={`/products/${product.slug}`}>{product.name}</Link>
        </h3>
        <p className={styles.tagline}>{product.tagline}</p>
        <p className={styles.more}>{product.description}</p>
      </div>
      <div className={styles.price}>{children}</div>
    </article>
  );
}
