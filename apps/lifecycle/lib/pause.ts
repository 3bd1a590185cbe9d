/** Waits as long as the address says: `?pause=500`, in milliseconds. */
export function pause(milliseconds: unknown): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Number(milliseconds ?? 0)));
}
