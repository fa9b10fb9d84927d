import { Type } from '@sinclair/typebox';
import { identifier, location } from '../asset/description';
import { line, oneOf, optional, personalField, publicField, text } from '../schema/fields';

/** What sort of body an organisation is. */
export const organisationKinds = [
  'civil-society',
  'company',
  'public-authority',
  'academia',
  'victims-association',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** Legal forms told apart because rules or statistics do; the exact form in words goes into `legalFormInWords`. */
export const legalForms = [
  'association', 'social-promotion', 'voluntary-organisation', 'social-cooperative', 'cooperative', 'foundation', 'social-enterprise', 'religious-body',
  'third-sector-network', 'limited-company', 'joint-stock-company', 'partnership', 'sole-trader', 'public-body', 'university', 'other',
] as const; // prettier-ignore

/** What can be said of an organisation when it is registered and brought up to date afterwards. */
export const describedFields = {
  legalForm: optional(publicField(oneOf(legalForms), 'Its legal form.')),
  legalFormInWords: optional(publicField(line(), 'Its legal form in the words of its statute.')),
  identifiers: optional(
    publicField(
      Type.Array(identifier(), { maxItems: 20 }),
      'How others know it: tax code of the body, register of the third sector, register of companies.',
    ),
  ),
  seat: optional(publicField(location(), 'The administrative areas of its registered seat.')),
  website: optional(publicField(line(500), 'Its own page on the web.')),
  aims: optional(publicField(text(), 'What it works for, in plain words and without personal data.')),
  representative: optional(personalField(line(), 'The person who acts for it by law.')),
  contact: optional(personalField(line(500), 'E-mail, telephone or address at which it is reached.')),
};
