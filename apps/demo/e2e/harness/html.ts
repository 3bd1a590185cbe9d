/** The texts of every element with that `data-testid`, in document order, from raw HTML. */
export function textsOf(html: string, testId: string): string[] {
  const element = new RegExp(`data-testid="${testId}"[^>]*>([^<]*)<`, 'g');
  return [...html.matchAll(element)].map((match) => match[1] ?? '');
}

/** Fetches a page as a browser's first request would, with these cookies. */
export async function fetchHtml(url: string, cookies: Record<string, string>): Promise<string> {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const response = await fetch(url, { headers: { cookie, accept: 'text/html' } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
