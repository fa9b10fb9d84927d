import { dateOf, daysAfter } from '#domain';
import type { CallStatus, Instant, JsonObject, LegalDate, Profile, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { effectId, process } from '../process';
import type { About, Effect, Process } from '../process';
import { beginningOf } from './day';

/** A call closes when its deadline has passed, and what it was awarded for is proposed: the award of a call is not yet an assignment. */

interface Kept {
  readonly call?: {
    readonly agency: string;
    readonly object: string;
    readonly assets: readonly string[];
    /** UTC with milliseconds. */
    readonly deadline: Instant;
    readonly status: CallStatus;
    readonly closedAt?: Instant;
    /** Who handed in each application, public from the opening on. */
    readonly applicants: Readonly<Record<string, string>>;
    readonly award?: { readonly organisation: string; readonly at: Instant };
  };
  /** Assets for which a proposal names the call already, whoever made it. */
  readonly proposed: readonly string[];
}

const STREAM = 'call-';
const REMINDER_DAYS = 7;

export const calls = (profile: Profile): Process =>
  process<Kept>({
    name: 'calls',
    version: 1,
    keysOf: ({ stream, type, data }) =>
      stream.startsWith(STREAM)
        ? [stream.slice(STREAM.length)]
        : type === 'AssignmentProposed' && typeof data.call === 'string'
          ? [data.call]
          : [],
    apply: (state = { proposed: [] }, event) => kept(state, event),
    plan: (state, id) => [...closing(state, id, profile), ...proposals(state, id, profile)],
  });

type Call = NonNullable<Kept['call']>;

function kept(state: Kept, recorded: RecordedEvent): Kept {
  const { type, stream, data, metadata } = publicEvent(recorded);
  if (type === 'AssignmentProposed') return { ...state, proposed: [...state.proposed, stream.slice('asset-'.length)] };
  if (type === 'CallDrafted') {
    const { object, assets, deadline } = data as { object: string; assets: string[]; deadline: string };
    const { agency } = metadata.actor;
    const call: Call = {
      agency,
      object,
      assets,
      deadline: new Date(deadline).toISOString(),
      status: 'draft',
      applicants: {},
    };
    return { ...state, call };
  }
  return state.call ? { ...state, call: gone(state.call, type, data, metadata.recordedAt) } : state;
}

function gone(call: Call, type: string, data: JsonObject, at: Instant): Call {
  switch (type) {
    case 'CallPublished':
      return { ...call, status: 'published' };
    case 'CallClosed':
      return { ...call, status: 'closed', closedAt: at };
    case 'ApplicationsOpened': {
      const rows = data.applications as readonly { application: string; organisation: string }[];
      const applicants = Object.fromEntries(rows.map(({ application, organisation }) => [application, organisation]));
      return { ...call, status: 'opened', applicants };
    }
    case 'CallAwarded': {
      const organisation = call.applicants[(data as { awardedTo: string }).awardedTo];
      return { ...call, status: 'awarded', ...(organisation !== undefined && { award: { organisation, at } }) };
    }
    case 'CallDeserted':
      return { ...call, status: 'deserted' };
    case 'CallCancelled':
      return { ...call, status: 'cancelled' };
    default:
      return call;
  }
}

function closing({ call }: Kept, id: string, { timeZone }: Profile): Effect[] {
  if (!call) return [];
  const { deadline, status, object, closedAt } = call;
  const about: About = { agency: call.agency, call: id };
  const lastDay = dateOf(deadline, timeZone);
  const notice = (kind: 'call-closing' | 'call-closed', at: Instant): Effect => ({
    kind: 'notice',
    id: effectId('calls', kind, id),
    at,
    notice: kind,
    about,
    facts: { call: id, object, on: lastDay },
  });
  if (status === 'published')
    return [
      notice('call-closing', beginningOf(daysAfter(lastDay, -REMINDER_DAYS), timeZone)),
      {
        kind: 'command',
        id: effectId('calls', 'close', id),
        at: deadline,
        stream: `call-${id}`,
        command: 'close-call',
        occurredOn: lastDay,
        data: () => ({}),
        about,
      },
    ];
  return status === 'closed' && closedAt !== undefined ? [notice('call-closed', closedAt)] : [];
}

/** One proposal for each asset of the call, to be approved by a person (rule 6); none where somebody was quicker. */
function proposals({ call, proposed }: Kept, id: string, profile: Profile): Effect[] {
  if (call?.award === undefined) return [];
  const { award, assets, object, agency } = call;
  const occurredOn: LegalDate = dateOf(award.at, profile.timeZone);
  return assets
    .filter((asset) => !proposed.includes(asset))
    .map((asset) => ({
      kind: 'command',
      id: effectId('calls', 'propose', id, asset),
      at: award.at,
      stream: `asset-${asset}`,
      command: 'propose-assignment',
      occurredOn,
      organisation: award.organisation,
      data: (organisation) => ({
        organisation: award.organisation,
        name: organisation?.name ?? award.organisation,
        call: id,
        reasons: reasons(profile, object),
      }),
      about: { agency, call: id, asset },
    }));
}

/** Written into the log in the language of the country's offices. */
const reasons = ({ country }: Profile, object: string): string =>
  country === 'IT' ? `Ha vinto il bando: ${object}` : `It won the call: ${object}`;
