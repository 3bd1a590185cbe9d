import { cache } from 'react';

/** The same object for as long as React renders one answer; another at each call anywhere else. */
const ofThisRender = cache(() => ({}));

/** Whether server components are being rendered, rather than a route handler, action or proxy running. */
export function isRendering(): boolean {
  const first = ofThisRender();
  return first === ofThisRender();
}
