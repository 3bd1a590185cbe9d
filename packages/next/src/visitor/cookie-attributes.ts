/** How a visitor's cookies are set: for the whole site, and out of reach of scripts. */
export interface CookieAttributes {
  readonly httpOnly: true;
  readonly sameSite: 'lax';
  readonly path: '/';
  /** Seconds. */
  readonly maxAge: number;
  readonly secure: boolean;
}

/** What a request's headers say; `protocol` is that of the connection, such as `https:`. */
export interface RequestFacts {
  readonly headers: { get(name: string): string | null };
  readonly protocol?: string;
}

/**
 * The attributes of a cookie that is set in answer to a request. Behind a load balancer the connection is
 * plain, and the visitor's own scheme is forwarded; Next forwards it to handlers and actions itself.
 */
export function cookieAttributes(
  { headers, protocol }: RequestFacts,
  maxAge: number,
): CookieAttributes {
  const forwarded = headers.get('x-forwarded-proto')?.split(',', 1)[0]?.trim();
  const secure = (forwarded ?? protocol?.replace(':', '')) === 'https';
  return { httpOnly: true, sameSite: 'lax', path: '/', maxAge, secure };
}
