/** flagd's format in a file, which the shop reads and watches itself. */
export async function start() {
  return { file: 'apps/demo/flags.json', env: {}, stop: async () => {} };
}
