import type { Publication } from '../publication';

/** The frame of Open Contracting Data Standard 1.1: what releases and records have in common, and the package they travel in. */

/** Whose processes they are: the prefix the Open Contracting Partnership gave to the publisher, and the language of the sources. */
export interface Issuer {
  readonly prefix: string | undefined;
  readonly language: string;
}

/** What stands where nobody was given a prefix: such an id is good within this registry alone, and is no registered one. */
export const UNREGISTERED = 'unregistered';

export const ocidOf = ({ prefix = UNREGISTERED }: Issuer, kind: 'commitment' | 'call', id: string): string =>
  `${prefix}-${kind}-${id}`;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };
/** What a release says of its process, without what names the release itself. */
export type Said = Readonly<Record<string, Json | undefined>>;

export interface Release {
  /** The entry that was recorded then. */
  readonly id: string;
  /** When it was recorded, an instant. */
  readonly date: string;
  readonly tag: string;
  readonly says: Said;
}

export interface OcdsRecord {
  readonly ocid: string;
  readonly language: string;
  /** In the order in which they were recorded; at least one. */
  readonly releases: readonly Release[];
  /** What all of it comes to, told by our own projection and not by merging. */
  readonly compiled: Said;
}

/** A record package (OCDS 1.1): each process with its releases and what they come to. */
export function recordPackage(
  records: readonly OcdsRecord[],
  uri: string,
  { origin, publisher, publisherId, licence }: Publication,
): object {
  const dates = records.flatMap(({ releases }) => releases.map(({ date }) => date)).sort();
  return {
    uri,
    version: '1.1',
    publishedDate: dates.at(-1),
    publisher: { name: publisher, ...publisherId, uri: origin },
    license: licence.address,
    records: records.map(recordOf),
  };
}

function recordOf({ ocid, language, releases, compiled }: OcdsRecord): object {
  const latest = releases.map(({ date }) => date).sort().at(-1)!; // prettier-ignore
  const common = { ocid, initiationType: 'tender', language };
  return {
    ocid,
    releases: releases.map(({ id, date, tag, says }) => ({ ...common, id, date, tag: [tag], ...says })),
    compiledRelease: { ...common, id: `${ocid}-${latest}`, date: latest, tag: ['compiled'], ...compiled },
  };
}
