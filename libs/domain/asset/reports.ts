/** What the chapters add up to for a reader: statements made from a history alone, the same for tables, API and pages. */
export * from './assigned-asset';
export * from './standing';
export * from './document-list';
export * from './exit-statement';
export * from './money-trail';
export * from './red-flags';
export * from './support-statement';
export * from './terms';
export * from './use-statement';
export * from './waiting';
