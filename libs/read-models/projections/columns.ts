import type { Column } from '../projection';

/** The kinds of columns the tables of projections are made of. */
export const text: Column = { type: 'text' };
export const maybeText: Column = { type: 'text', nullable: true };
export const integer: Column = { type: 'integer' };
export const maybeInteger: Column = { type: 'integer', nullable: true };
