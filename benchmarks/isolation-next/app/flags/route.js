import { currentSubject } from '../../subjects/current.mjs';

/** The visitor's flags for the browser. */
export async function GET(request) {
  const { readForBrowser } = await currentSubject();
  return Response.json([await readForBrowser(request)]);
}
