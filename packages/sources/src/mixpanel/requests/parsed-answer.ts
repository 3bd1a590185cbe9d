/** What an answer says; undefined where it is not Mixpanel's own, because something on the way gave it. */
export function parsedAnswer(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's words would quote a part of the answer, and of a credential that it repeats.
    return undefined;
  }
}
