import { applyDecorators, Header } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Marks a route as open to every page and program: public data, read only. */
export const Open = (): MethodDecorator =>
  applyDecorators(
    Header('access-control-allow-origin', '*'),
    Header('access-control-expose-headers', 'ETag, Link'),
    Header('vary', 'Accept'),
  );

/** True when a reader asks for CSV before JSON. */
export function wantsCsv({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? '';
  const [csv, json] = [accept.indexOf('text/csv'), accept.indexOf('application/json')];
  return csv !== -1 && (json === -1 || csv < json);
}

/** Names the file a browser saves an export under. */
export const savedAs = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; filename="${name}"`,
});
