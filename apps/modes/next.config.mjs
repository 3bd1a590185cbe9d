import shared from '../../next.config.mjs';

/** `classic`, `cached` (cached components) or `partial` (those with partial prefetching). */
const mode = process.env.MODE ?? 'classic';
const isClassic = mode === 'classic';

/** @type {import('next').NextConfig} */
const config = {
  ...shared,
  distDir: `.next/${mode}`,
  // Static pages are declared differently: `page.classic.tsx` or `page.cached.tsx`.
  pageExtensions: [isClassic ? 'classic.tsx' : 'cached.tsx', 'tsx', 'ts'],
  ...(!isClassic && { cacheComponents: true, partialPrefetching: mode === 'partial' }),
  env: { MODE: mode },
  // The code is the same in every mode: it is checked once.
  typescript: { ignoreBuildErrors: !isClassic },
};

export default config;
