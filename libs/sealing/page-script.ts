import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The script that seals in browsers, as it is served. */
export interface PageScript {
  /** Changes with its content, so that it may be kept for ever. */
  readonly path: string;
  /** For the `integrity` of its element (W3C Subresource Integrity). */
  readonly integrity: string;
  readonly body: Buffer;
}

const NAME = 'browser/apply.bundle.js';

/** Where scripts/bundle.mjs puts it: beside this file once compiled, in dist when this runs from its sources. */
const places = [join(__dirname, NAME), join(__dirname, '../../dist/libs/sealing', NAME)];

/** Undefined where it was not built: the page then says how to apply by the command line. */
export function pageScript(): PageScript | undefined {
  const place = places.find(existsSync);
  if (place === undefined) return undefined;
  const body = readFileSync(place);
  const hash = createHash('sha256').update(body).digest();
  return {
    path: `/assets/apply.${hash.toString('base64url').slice(0, 12)}.js`,
    integrity: `sha256-${hash.toString('base64')}`,
    body,
  };
}
