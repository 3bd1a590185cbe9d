import Link from 'next/link';
import { changeQuantity } from '../../actions/bag.ts';
import { type BagLine, printMoney, totalOf } from '../../lib/pricing.ts';
import { ProductArt } from '../art/product-art.tsx';
import styles from './bag.module.css';

interface BagLinesProps {
  readonly lines: readonly BagLine[];
  readonly discountPercent: number;
}

/** The bag, line by line. */
export function BagLines({ lines, discountPercent }: BagLinesProps) {
  if (lines.length === 0) {
    return (
      <p className={styles.empty}>
        Nothing in it yet. <Link href="/">The shelves are this way.</Link>
      </p>
    );
  }
  return (
    <section aria-label="What is in the bag">
      <ul className={styles.lines}>
        {lines.map((line) => (
          <Line key={line.product.slug} line={line} />
        ))}
      </ul>
      <p className={styles.total} data-flag="discount-percent">
        <span>Together, at {discountPercent}% off</span>
        <strong data-testid="total">{printMoney(totalOf(lines))}</strong>
      </p>
    </section>
  );
}

function Line({ line: { product, quantity, cents } }: { readonly line: BagLine }) {
  return (
    <li className={styles.line}>
      <div className={styles.thumb}>
        <ProductArt slug={product.slug} />
      </div>
      <p>
        <Link href={`/products/${product.slug}`}>{product.name}</Link>
        <span>{printMoney(cents)}</span>
      </p>
      <form action={changeQuantity} className={styles.quantity}>
        <input type="hidden" name="slug" value={product.slug} />
        <button type="submit" name="quantity" value={quantity - 1}>
          <span aria-hidden="true">−</span>
          <span className="visually-hidden">One {product.name} less</span>
        </button>
        <output>{quantity}</output>
        <button type="submit" name="quantity" value={quantity + 1}>
          <span aria-hidden="true">+</span>
          <span className="visually-hidden">One {product.name} more</span>
        </button>
      </form>
    </li>
  );
}
