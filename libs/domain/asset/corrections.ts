import { Type } from '@sinclair/typebox';
import { defineEvent } from '../schema/definition';
import { entryId, jsonValue, line, publicField, record, restrictedField, text, optional } from '../schema/fields';
import { defineErasure } from '../stream/erasure';

/** Corrections are entries that name the entry they correct; both stay visible for ever. */

export const EntryCorrected = defineEvent('EntryCorrected', {
  description: 'A field of an earlier entry was wrong and is put right.',
  source: 'Regulation (EU) 2016/679 art. 16; Social Reuse Registry, corrections',
  data: record({
    entry: publicField(entryId(), 'The entry it corrects.'),
    field: publicField(
      Type.String({
        maxLength: 80,
        pattern: '^(occurredOn|[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*)$',
        examples: ['title'],
      }),
      'The field: "occurredOn", or the name of a field of the entry\'s data, with dots for a field inside a field.',
    ),
    value: publicField(
      // A description's twenty identifiers and a long text fit.
      jsonValue(20_000, 4),
      'The right value; null removes an optional field, or makes the date unknown. Fields that are not public are corrected by annulling the entry and recording it again.',
    ),
    reason: publicField(text(1000), 'Why, without personal data.'),
    note: optional(restrictedField(text(), 'Details for officers.')),
  }),
});

export const EntryAnnulled = defineEvent('EntryAnnulled', {
  description:
    'An earlier entry should not stand in this dossier, for instance because it was recorded on the wrong one.',
  source: 'Social Reuse Registry, corrections',
  data: record({
    entry: publicField(entryId(), 'The entry it annuls.'),
    reason: publicField(text(1000), 'Why, without personal data.'),
    correctDossier: optional(publicField(line(20), 'Registry id of the dossier it belongs to.')),
  }),
});

/** Erases the personal data of an entry, also of one that was annulled: it still lies in the log. */
export const DossierDataErased = defineErasure('DossierDataErased', publicField);
