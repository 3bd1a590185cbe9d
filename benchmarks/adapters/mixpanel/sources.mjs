import { mixpanel, mixpanelRemote } from '@halyard/sources/mixpanel';

export { startServer } from './start-server.mjs';

/** Definitions evaluated here, and flags evaluated by the backend. */
export const SOURCES = {
  local: (url) => mixpanel({ token: 'bench', apiHost: url }),
  remote: (url) => mixpanelRemote({ token: 'bench', apiHost: url }),
};
