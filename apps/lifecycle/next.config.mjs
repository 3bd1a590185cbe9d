import shared from '../../next.config.mjs';

/** @type {import('next').NextConfig} */
const config = {
  ...shared,
  // One build for both: `next start` does not look at what was traced for the standalone server.
  ...(process.env.BUILD_STANDALONE === '1' && { output: 'standalone' }),
  cacheComponents: true,
  partialPrefetching: true,
};

export default config;
