import { createFlags } from '@halyard/next';
import { flagdFile } from '@halyard/sources/flagd';

export const flags = createFlags({
  source: flagdFile('./flags.json'),
  identify: () => ({ plan: 'pro' }),
  client: { flags: 'all' },
});
