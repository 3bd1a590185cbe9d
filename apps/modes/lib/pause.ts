/** Long enough for the beginning of a page to be sent. */
export function pause(milliseconds = 250): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
