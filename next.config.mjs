import { fileURLToPath } from 'node:url';

/** What every Next application of this repository shares; each re-exports it from its own folder. */
/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The workspace packages live beside the applications, so the root is the repository.
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
};

export default config;
