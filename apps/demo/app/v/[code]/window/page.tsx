import { Expose, FlagsProvider } from '@halyard/react';
import { FlagsRefresh } from '@halyard/react/refresh';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Colophon } from '../../../../components/shell/colophon.tsx';
import { Masthead } from '../../../../components/shell/masthead.tsx';
import { Hoist } from '../../../../components/signals/hoist.tsx';
import { Lamp } from '../../../../components/window/lamp.tsx';
import styles from '../../../../components/window/window.module.css';
import { shopWindow } from '../../../../lib/shop-window.ts';

export const metadata: Metadata = { title: 'The shop window' };

// Makes the build fail if this page ever reads a request.
export const dynamic = 'error';

export const generateStaticParams = () => shopWindow.generateStaticParams();

interface WindowPageProps {
  readonly params: Promise<{ readonly code: string }>;
}

/** A page made in advance, and yet with the visitor's flags in its first bytes. Its address is `/window`. */
export default async function WindowPage({ params }: WindowPageProps) {
  const { code } = await params;
  const { values } = await shopWindow.read(code);
  const banner = values['hero-banner'];
  return (
    <FlagsProvider value={shopWindow.hydrate(code)}>
      <Masthead />
      <main id="main" tabIndex={-1} className={styles.window}>
        <div className={styles.words} data-flag="hero-banner">
          <h1 data-testid="window-title">{banner.title}</h1>
          <p>{banner.text}</p>
          <p>
            This page was made before you came, as was one for everybody who gets other flags than
            you. <Link href="/">Come in.</Link>
          </p>
          <Lamp />
        </div>
        <Hoist word={banner.signal} />
      </main>
      <Colophon />
      <Expose flags={['hero-banner']} />
      <FlagsRefresh />
    </FlagsProvider>
  );
}
