/** The id that an answer gives the visitor for later; '' where it gives none. */
export function mintedBy(response: Response): string {
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith('halyard-visitor='));
  return /^halyard-visitor=([^;]*)/.exec(cookie ?? '')?.[1] ?? '';
}
