import { byPersonOf } from '../answering';
import { bySecondPerson, personBehind } from '../asset/four-eyes';
import { documentReference } from '../asset/references';
import type { EntryFacts } from '../entry';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import {
  agencyCode,
  count,
  entryId,
  legalDate,
  line,
  oneOf,
  optional,
  publicField,
  record,
  text,
} from '../schema/fields';
import { actsOf } from '../stream/act';
import { hasQuorum, membersOn } from './group';
import type { Group, Recommendation } from './group';

/** What the group asks of an authority, and what the authority says to it. */

const SOURCE =
  'United Nations Convention against Corruption art. 13(1)(a); Directive (EU) 2024/1260 art. 19; Social Reuse Registry, rule 6';

export const RecommendationAdopted = defineEvent('RecommendationAdopted', {
  description: 'A meeting of the group adopted a recommendation. The date of the entry is that of the meeting.',
  source: SOURCE,
  data: record({
    meeting: publicField(entryId(), 'The meeting.'),
    addressedTo: publicField(agencyCode(), 'The authority that is to answer.'),
    text: publicField(text(), 'What is recommended, without personal data.'),
    answerBy: publicField(legalDate(), 'By when an answer is asked for.'),
    votes: publicField(
      record({ inFavour: count(), against: count(), abstained: count() }),
      'How those present voted; who did not vote abstained.',
    ),
  }),
});

export const RecommendationAnswered = defineEvent('RecommendationAnswered', {
  description: 'The authority said what it makes of a recommendation.',
  source: SOURCE,
  data: record({
    recommendation: publicField(entryId(), 'The recommendation.'),
    outcome: publicField(oneOf(['accepted', 'partly-accepted', 'rejected']), 'What it makes of it.'),
    reasons: publicField(text(), 'Why, and what it will do, without personal data.'),
    answeringOffice: publicField(line(), 'The office that answers for it.'),
    document: optional(publicField(documentReference(), 'The letter or decision.')),
  }),
});

/** Nobody answers what they adopted: neither who sat in the group on that day nor who sits in it now. */
function notByMember(group: Group, { adoptedOn }: Recommendation, entry: EntryFacts): void {
  const members = [...membersOn(group, adoptedOn), ...membersOn(group, entry.occurredOn)];
  const person = personBehind(entry);
  const own = members.find(({ accounts }) => person !== undefined && accounts.includes(person));
  demand(own === undefined, 'answered-by-member', { member: own?.id ?? null });
}

const { act } = actsOf<Group>();

export const recommendations = [
  act('adopt-recommendation', RecommendationAdopted, {
    admit: ({ meeting: id, votes, answerBy }, group, { occurredOn }) => {
      const meeting = group.meetings.find((each) => each.id === id);
      demand(meeting !== undefined, 'no-such-meeting', { meeting: id });
      demand(occurredOn === meeting.on, 'adopted-off-meeting', { heldOn: meeting.on });
      const { quorumPercent } = group;
      const present = meeting.present.length;
      demand(hasQuorum(group, meeting), 'no-quorum', { present, members: meeting.members, quorumPercent });
      const { inFavour, against, abstained } = votes;
      const cast = inFavour + against + abstained;
      demand(cast === present, 'votes-do-not-add-up', { cast, present });
      demand(inFavour > against, 'no-majority', { inFavour, against });
      demand(occurredOn === null || answerBy >= occurredOn, 'period-reversed', { from: occurredOn, to: answerBy });
    },
    evolve: (group, { meeting, addressedTo, answerBy }, entry) => {
      const recordedBy = personBehind(entry);
      const adopted: Recommendation = {
        id: entry.id,
        meeting,
        adoptedOn: entry.occurredOn,
        addressedTo,
        answerBy,
        ...(recordedBy !== undefined && { recordedBy }),
      };
      return { ...group, recommendations: [...group.recommendations, adopted] };
    },
  }),

  act('answer-recommendation', RecommendationAnswered, {
    admit: ({ recommendation: id }, group, entry) => {
      const adopted = group.recommendations.find((each) => each.id === id);
      demand(adopted !== undefined, 'no-such-recommendation', { recommendation: id });
      demand(adopted.answer === undefined, 'recommendation-answered', { answer: adopted.answer?.id ?? null });
      const { adoptedOn, addressedTo, recordedBy } = adopted;
      const early = entry.occurredOn !== null && adoptedOn !== null && entry.occurredOn < adoptedOn;
      demand(!early, 'answer-before-adoption', { adoptedOn });
      byPersonOf([addressedTo], 'an answer to a recommendation', entry);
      bySecondPerson('an answer to a recommendation', entry, [recordedBy]);
      notByMember(group, adopted, entry);
    },
    evolve: (group, { recommendation, outcome }, { id, recordedAt }) => ({
      ...group,
      recommendations: group.recommendations.map((each) =>
        each.id === recommendation ? { ...each, answer: { id, outcome, at: recordedAt } } : each,
      ),
    }),
  }),
];
