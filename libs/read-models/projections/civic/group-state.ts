import type { Instant, LegalDate, RecommendationOutcome, RepresentedCircle } from '#domain';
import type { PublicPart } from '#privacy';
import type { Act } from './call-state';
import type { DocumentReference } from './dialogue-state';
import { begun, latestOf, opened } from './standing';
import type { Latest } from './standing';

interface Area {
  readonly code: string;
  readonly name: string;
}

/** An administrative place, as far down as it is known. */
export interface Location {
  readonly country: string;
  readonly region?: Area;
  readonly province?: Area;
  readonly municipality?: Area;
}

/** A member as everybody may know it: an organisation by its id, a natural person only by the circle they speak for. */
export interface PublicMember {
  readonly id: string;
  readonly represents: RepresentedCircle;
  readonly organisation?: string;
  readonly from: LegalDate | null;
  readonly left?: { readonly on: LegalDate | null; readonly reason: string };
}

export interface PublicMeeting {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly place: string;
  readonly agenda: readonly string[];
  readonly present: readonly string[];
  readonly minutes: DocumentReference;
}

export interface Votes {
  readonly inFavour: number;
  readonly against: number;
  readonly abstained: number;
}

export interface PublicRecommendation {
  readonly id: string;
  readonly meeting: string;
  readonly adoptedOn: LegalDate | null;
  readonly addressedTo: string;
  readonly text: string;
  readonly answerBy: LegalDate;
  readonly votes: Votes;
  readonly answer?: {
    readonly id: string;
    readonly at: Instant;
    readonly on: LegalDate | null;
    readonly outcome: RecommendationOutcome;
    readonly reasons: string;
    readonly answeringOffice: string;
    readonly document?: DocumentReference;
  };
}

/** What a group's entries add up to for everybody. */
export interface GroupState extends Latest {
  readonly name: string;
  readonly aims: string;
  readonly quorumPercent: number;
  readonly formedOn: LegalDate | null;
  readonly location?: Location;
  readonly act?: Act;
  readonly members: readonly PublicMember[];
  readonly meetings: readonly PublicMeeting[];
  readonly recommendations: readonly PublicRecommendation[];
}

type Formed = Pick<GroupState, 'name' | 'aims' | 'quorumPercent' | 'location' | 'act'>;
type Answered = Omit<NonNullable<PublicRecommendation['answer']>, 'id' | 'at' | 'on'> & {
  readonly recommendation: string;
};

/** The group after one more entry. What it says follows from public fields alone. */
export function groupAfter(state: GroupState | undefined, recorded: PublicPart, id: string): GroupState {
  const { event, data } = opened<Formed>(recorded);
  if (event.type === 'GroupFormed') {
    const { name, aims, quorumPercent, location, act } = data;
    const formed = { name, aims, quorumPercent, formedOn: event.metadata.occurredOn };
    const more = { ...(location && { location }), ...(act && { act }) };
    return { ...latestOf(id, event), ...formed, ...more, members: [], meetings: [], recommendations: [] };
  }
  const group = begun(state, recorded);
  return { ...group, ...changeOf(group, recorded), ...latestOf(id, event) };
}

function changeOf(group: GroupState, recorded: PublicPart): Partial<GroupState> {
  const { id, type, metadata } = opened(recorded).event;
  const on = metadata.occurredOn;
  switch (type) {
    case 'MemberAdmitted': {
      const { represents, organisation } = opened<Pick<PublicMember, 'represents' | 'organisation'>>(recorded).data;
      const member = { id, represents, ...(organisation !== undefined && { organisation }), from: on };
      return { members: [...group.members, member] };
    }
    case 'MemberLeft': {
      const { member, reason } = opened<{ readonly member: string; readonly reason: string }>(recorded).data;
      return { members: group.members.map((each) => (each.id === member ? { ...each, left: { on, reason } } : each)) };
    }
    case 'MeetingHeld':
      return { meetings: [...group.meetings, { ...opened<Omit<PublicMeeting, 'id' | 'on'>>(recorded).data, id, on }] };
    case 'RecommendationAdopted': {
      const { data } = opened<Omit<PublicRecommendation, 'id' | 'adoptedOn' | 'answer'>>(recorded);
      return { recommendations: [...group.recommendations, { ...data, id, adoptedOn: on }] };
    }
    case 'RecommendationAnswered': {
      const { recommendation, ...said } = opened<Answered>(recorded).data;
      const answer = { ...said, id, at: metadata.recordedAt, on };
      const recommendations = group.recommendations.map((each) =>
        each.id === recommendation ? { ...each, answer } : each,
      );
      return { recommendations };
    }
    default:
      return {};
  }
}
