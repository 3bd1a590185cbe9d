const SUBJECTS = {
  halyard: () => import('./halyard.jsx'),
  'server-sdk': () => import('./server-sdk.jsx'),
  openfeature: () => import('./openfeature.jsx'),
};

let subject;

/**
 * The SDK that this process was started for: `ISOLATION_SUBJECT` has its file and options. It is set up when it is
 * first asked for, and then stays, once in each of Next's bundles as everything that a module keeps.
 *
 * @returns a promise of `{ read, readForBrowser, provide, Badge }`: the first two give promises of the badge, as
 *   the server reads it and as the endpoint for the browser has it; `provide` puts elements inside of what client
 *   components need, and `Badge` is the one of these that shows it.
 */
export function currentSubject() {
  subject ??= createSubject();
  return subject;
}

async function createSubject() {
  const [name, options] = JSON.parse(process.env.ISOLATION_SUBJECT);
  const { create } = await SUBJECTS[name]();
  return create(options);
}
