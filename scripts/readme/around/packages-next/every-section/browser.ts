import { decodeBootstrap } from '@halyard/core';

/** Where the application runs. */
export const url = process.env.APPLICATION_URL ?? '';

export const secret = process.env.FLAGS_SECRET ?? '';

/** The session of somebody who may override flags. */
export const staff = { name: 'session', value: 'staff' };

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly url?: string;
}

/** A browser's context, as much of it as the examples use: it says what the page shows with its cookies. */
export const context = {
  async addCookies(cookies: readonly Cookie[]): Promise<void> {
    const kept = cookies.filter((cookie) => cookie.url === url);
    const cookie = kept.map(({ name, value }) => `${name}=${value}`).join('; ');
    const flags = await (await fetch(`${url}/api/flags`, { headers: { cookie } })).json();
    const values = Array.from(decodeBootstrap(flags), ([key, { value }]) => [key, value]);
    console.log(`[browser] ${JSON.stringify(Object.fromEntries(values))}`);
  },
};
