import { createFlags } from '@halyard/next';
import { flagdFile } from '@halyard/sources/flagd';
import { isStaff } from './accounts';

export const flags = createFlags({
  source: flagdFile('./flags.json'),
  client: { flags: 'all' },
  overrides: {
    secret: process.env.FLAGS_SECRET,
    authorize: ({ cookies }) => isStaff(cookies.get('session')?.value),
  },
});
