import { Type } from '@sinclair/typebox';
import { documentReference } from '../asset/references';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { entryId, line, publicField, record } from '../schema/fields';
import { actsOf } from '../stream/act';
import { inOffice, membersOn } from './group';
import type { Group } from './group';

/** When and where the group met, who was there, and the minutes that prove it. */

export const MeetingHeld = defineEvent('MeetingHeld', {
  description: 'The group met. The date of the entry is that of the meeting.',
  source: 'United Nations Convention against Corruption art. 13(1)(a)',
  data: record({
    place: publicField(line(), 'Where, or how where it met at a distance.'),
    agenda: publicField(Type.Array(line(500), { minItems: 1, maxItems: 50 }), 'What was on the agenda.'),
    present: publicField(
      Type.Array(entryId(), { minItems: 1, maxItems: 500, uniqueItems: true }),
      'The members present, by the entries that admitted them.',
    ),
    minutes: publicField(documentReference(), 'The minutes, by the digest of their file.'),
  }),
});

const { act } = actsOf<Group>();

export const meetings = [
  act('record-meeting', MeetingHeld, {
    admit: ({ present }, { memberships }, { occurredOn }) => {
      const members = new Map(memberships.map((membership) => [membership.id, membership]));
      for (const id of present) {
        const member = members.get(id);
        demand(member !== undefined && inOffice(member, occurredOn), 'not-a-member', { member: id });
      }
    },
    evolve: (group, { present }, { id, occurredOn }) => ({
      ...group,
      meetings: [...group.meetings, { id, on: occurredOn, present, members: membersOn(group, occurredOn).length }],
    }),
  }),
];
