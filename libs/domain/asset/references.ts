import { line, legalDate, oneOf, optional, record } from '../schema/fields';

/** The act of an authority that proves an entry: who made it, its number and date, where it can be found. */
export const actReference = () =>
  record({
    authority: optional(line()),
    number: optional(line(60)),
    date: optional(legalDate()),
    title: optional(line()),
    url: optional(line(500)),
  });

/** A court case. */
export const proceeding = () =>
  record({
    court: optional(line()),
    district: optional(line(80)),
    number: optional(line(40)),
    kind: optional(oneOf(['criminal', 'prevention', 'other'])),
  });

/** A public or third-sector body that asks for or receives an asset. */
export const bodyKinds = [
  'municipality',
  'province',
  'region',
  'state-body',
  'third-sector',
  'company',
  'other',
] as const;
export const body = () => record({ kind: oneOf(bodyKinds), name: line() });
