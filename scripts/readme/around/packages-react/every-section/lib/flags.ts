import { createFlags } from '@halyard/next';
import { flagdFile } from '@halyard/sources/flagd';

export const flags = createFlags({
  source: flagdFile('./flags.json'),
  client: {
    flags: 'all',
    context: { attributes: { cartSize: 'number' }, secret: process.env.FLAGS_SECRET ?? '' },
  },
});
