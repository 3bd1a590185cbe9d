import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ProductArt } from '../../../../components/art/product-art.tsx';
import { Logbook } from '../../../../components/logbook/logbook.tsx';
import { BuyForm } from '../../../../components/shop/buy-form.tsx';
import { Delivery } from '../../../../components/shop/delivery.tsx';
import { Facts } from '../../../../components/shop/facts.tsx';
import { Price } from '../../../../components/shop/price.tsx';
import styles from '../../../../components/shop/product.module.css';
import { Quote } from '../../../../components/shop/quote.tsx';
import { productOf } from '../../../../lib/catalog.ts';
import {
  DEFAULT_DISCOUNT,
  DEFAULT_LAYOUT,
  DEFAULT_LOW_STOCK,
  DEFAULT_PRICE_LABEL,
} from '../../../../lib/flag-defaults.ts';
import { flags } from '../../../../lib/flags.ts';

interface ProductPageProps {
  readonly params: Promise<{ readonly slug: string }>;
}

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  const product = productOf((await params).slug);
  return { title: product?.name, description: product?.tagline };
}

/** One product, read by everything that can read a flag: see the logbook at the end. */
export default async function ProductPage({ params }: ProductPageProps) {
  const product = productOf((await params).slug);
  if (product === undefined) notFound();
  const [layout, label, discount, lowStock] = await Promise.all([
    flags.get('product-layout', DEFAULT_LAYOUT),
    flags.get('price-label', DEFAULT_PRICE_LABEL),
    flags.get('discount-percent', DEFAULT_DISCOUNT),
    flags.get('low-stock-threshold', DEFAULT_LOW_STOCK),
  ]);
  const { slug, name, tagline, description, cents, stock } = product;
  return (
    <>
      <main id="main" tabIndex={-1} className={styles.page}>
        <nav aria-label="Breadcrumb" className={styles.trail}>
          <Link href="/">On the shelves</Link> <span aria-hidden="true">/</span> {name}
        </nav>
        <article className={styles.product} data-layout={layout} data-testid="product">
          <div className={styles.plate} data-flag="product-layout">
            <ProductArt slug={slug} />
          </div>
          <div className={styles.title}>
            <h1>{name}</h1>
            <p>{tagline}</p>
          </div>
          <div className={styles.counter}>
            <Price cents={cents} discountPercent={discount} label={label} size="large" />
            {stock <= lowStock && (
              <p className={styles.stock} data-flag="low-stock-threshold">
                Only {stock} left in the store room
              </p>
            )}
            <BuyForm slug={slug} name={name} />
            <Quote slug={slug} />
            <Delivery />
          </div>
          <div className={styles.story}>
            <p>{description}</p>
            <Facts facts={product.facts} />
          </div>
        </article>
      </main>
      <Logbook
        item={slug}
        discount={discount}
        keys={[
          'product-layout',
          'price-label',
          'discount-percent',
          'buy-button-color',
          'express-checkout',
          'delivery-options',
          'low-stock-threshold',
        ]}
      />
    </>
  );
}
