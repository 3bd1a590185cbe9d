export { flagdFile as acmeFile } from '@halyard/sources/flagd';
