import type { Static } from '@sinclair/typebox';
import { line, oneOf, optional, record, sha256 } from '../schema/fields';

/** A photo is known by the digest of its file, and says in words what it shows to those who cannot see it (WCAG 2.2, 1.1.1). */

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const;

const photo = { sha256: sha256(), mediaType: oneOf(photoTypes), alternative: line(500) };

/** A photo as it was handed in. */
export const filedPhoto = () => record(photo);
export type FiledPhoto = Static<ReturnType<typeof filedPhoto>>;

/** A photo as it is published: the one handed in, or a copy of it in which something was made unrecognisable. */
export const publishedPhoto = () => record({ ...photo, redactionOf: optional(sha256()) });
export type PublishedPhoto = Static<ReturnType<typeof publishedPhoto>>;
