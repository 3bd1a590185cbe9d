export { type OverrideCookieOptions, overrideCookie } from './override-cookie.ts';
