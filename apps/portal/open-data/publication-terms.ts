import type { Terms } from './publication';

/** By whom the data are published and how they may be used. */
export class PublicationTerms {
  constructor(readonly terms: Terms) {}
}
