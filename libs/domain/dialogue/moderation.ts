import { Type } from '@sinclair/typebox';
import { bySecondPerson, personBehind } from '../asset/four-eyes';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { idOf, oneOf, optional, publicField, record, restrictedField, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import { onlyFiledPhotos, onlyShortened, unchangedPhotos } from './redaction';
import { publishedPhoto } from './photos';
import { openThread } from './rules';
import { moderationOutcomes } from './thread';
import type { Thread } from './thread';

/** A second person reads what was handed in and says in public what of it may be read, and why. */

export const ThreadModerated = defineEvent('ThreadModerated', {
  description: 'A second person decided what of a contribution the public may read, and said why.',
  source: 'Regulation (EU) 2016/679 art. 5(1)(c); Regulation (EU) 2022/2065 art. 17; Social Reuse Registry, rule 6',
  data: record({
    outcome: publicField(oneOf(moderationOutcomes), 'Whether it may be read.'),
    reason: publicField(
      oneOf(['in-order', 'personal-data', 'safety', 'under-investigation', 'offensive', 'off-topic', 'repeated']),
      'Why.',
    ),
    details: optional(publicField(text(1000), 'Why, in words and without personal data.')),
    text: optional(publicField(text(), 'What may be read of the text; […] stands where something was left out.')),
    photos: optional(
      publicField(Type.Array(publishedPhoto(), { minItems: 1, maxItems: 10 }), 'The photos that may be seen.'),
    ),
    organisation: optional(publicField(idOf('organisation'), 'The organisation that speaks, where it may be named.')),
    note: optional(restrictedField(text(), 'What was weighed, for officers.')),
  }),
});

type Moderated = DataOf<typeof ThreadModerated>;

/** What is withheld shows nothing; only what shows everything is in order. */
function consistent({ outcome, reason, text: shown, photos, organisation }: Moderated): void {
  const holds =
    outcome === 'withheld'
      ? shown === undefined && photos === undefined && organisation === undefined
      : shown !== undefined;
  demand(holds && (outcome === 'published') === (reason === 'in-order'), 'moderation-inconsistent', {
    outcome,
    reason,
  });
}

/** The moderator takes away and adds nothing; what is published whole is published as it was handed in. */
function faithful({ outcome, text: shown, photos = [], organisation }: Moderated, thread: Thread): void {
  if (outcome === 'withheld') return;
  const { text: original } = thread;
  const whole = shown === original && unchangedPhotos(photos, thread.photos);
  const part =
    shown !== undefined &&
    original !== undefined &&
    onlyShortened(shown, original) &&
    onlyFiledPhotos(photos, thread.photos) &&
    !whole;
  demand(outcome === 'published' ? whole : part, 'moderation-alters', { outcome });
  demand(organisation === undefined || organisation === thread.organisation, 'moderation-alters', { outcome });
}

const { act } = actsOf<Thread>();

export const moderation = [
  act('moderate-thread', ThreadModerated, {
    admit: (data, thread, entry) => {
      openThread(thread);
      bySecondPerson('the moderation of a thread', entry, [thread.filedBy, ...thread.moderators]);
      consistent(data);
      faithful(data, thread);
    },
    evolve: (thread, { outcome }, entry) => {
      const by = personBehind(entry);
      return {
        ...thread,
        moderation: { outcome, on: entry.occurredOn },
        moderators: by === undefined ? thread.moderators : [...thread.moderators, by],
      };
    },
  }),
];
