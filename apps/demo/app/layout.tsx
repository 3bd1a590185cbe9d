import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/overlay.css';

export const metadata: Metadata = {
  title: { default: 'Lookout Supply', template: '%s · Lookout Supply' },
  description: 'Lamps, glass and wool for people who watch the water.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfdfd' },
    { media: '(prefers-color-scheme: dark)', color: '#08141d' },
  ],
};

/** The document. It reads no flags, so that pages without any stay static. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
}
