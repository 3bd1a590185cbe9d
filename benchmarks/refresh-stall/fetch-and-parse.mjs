/** The floor of a refresh: the document is fetched, parsed and kept, and nothing is made of it. */
export function connect(url) {
  let document;
  return {
    refresh: async () => {
      const response = await fetch(url);
      document = JSON.parse(await response.text());
    },
    close: () => {
      if (typeof document !== 'object') throw new Error('Nothing was fetched.');
    },
  };
}
