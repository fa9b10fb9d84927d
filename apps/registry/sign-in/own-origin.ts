import type { FastifyRequest } from 'fastify';
import { originOf } from '#http';

/**
 * Whether a request that changes something comes from a page of ours, as far as the browser says: by Sec-Fetch-Site (W3C Fetch Metadata), and by Origin
 * (RFC 6454 §7). Both are beyond the reach of a page's script. What says nothing, such as a program, passes here and needs the form's token all the same.
 */
export function isFromOwnPage(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin === (publicUrl ?? originOf(request));
}
