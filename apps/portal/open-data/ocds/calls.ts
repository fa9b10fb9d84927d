import type { CallPage, TimelineEntry } from '#read-models';
import { ocidOf } from './package';
import type { Issuer, OcdsRecord, Release, Said } from './package';

/** A call as a contracting process: published, decided; its winner is given an asset, so there is no value. Applicants are named once they are opened. */
export function callRecord(call: CallPage, entries: readonly TimelineEntry[], issuer: Issuer): OcdsRecord {
  const releases = entries.flatMap((entry): Release[] => {
    const says = saidBy(entry.type, call, issuer);
    return says ? [{ id: entry.id, date: entry.recordedAt, ...says }] : [];
  });
  const ended = outcomes[call.state];
  const compiled = merged(published(call, issuer), ended && ended.says(call));
  return { ocid: ocidOf(issuer, 'call', call.id), language: issuer.language, releases, compiled };
}

type Outcome = { readonly type: string; readonly tag: string; readonly says: (call: CallPage) => Said };

/** How a call ends, by the state it is then in. */
const outcomes: Readonly<Record<string, Outcome>> = {
  awarded: {
    type: 'CallAwarded',
    tag: 'award',
    says: (call) => ({ ...decided(call, 'complete'), awards: awardsOf(call) }),
  },
  deserted: { type: 'CallDeserted', tag: 'tenderUpdate', says: (call) => decided(call, 'unsuccessful') },
  cancelled: { type: 'CallCancelled', tag: 'tenderCancellation', says: (call) => decided(call, 'cancelled') },
};

function saidBy(type: string, call: CallPage, issuer: Issuer): Pick<Release, 'tag' | 'says'> | undefined {
  if (type === 'CallPublished') return { tag: 'tender', says: published(call, issuer) };
  const outcome = Object.values(outcomes).find((each) => each.type === type);
  return outcome && { tag: outcome.tag, says: outcome.says(call) };
}

const buyerOf = ({ authority }: CallPage) => ({ id: authority, name: authority });
const partyOf = (id: string, names: ReadonlyMap<string, string>) => ({ id, name: names.get(id) ?? id });

function published(call: CallPage, issuer: Issuer): Said {
  const { id, object, summary, deadline, publishedOn, repeats, detail } = call;
  const criteria = detail.criteria.map(({ words, maximum, weight }) => `${words} (0–${maximum}, ${weight} %)`);
  return {
    buyer: buyerOf(call),
    parties: [{ ...buyerOf(call), roles: ['buyer'] }],
    tender: {
      id,
      title: object,
      description: summary,
      status: 'active',
      procurementMethod: 'open',
      awardCriteria: 'ratedCriteria',
      awardCriteriaDetails: criteria.join('\n'),
      tenderPeriod: { ...(publishedOn !== null && { startDate: `${publishedOn}T00:00:00Z` }), endDate: deadline },
    },
    ...(repeats !== null && {
      relatedProcesses: [{ id: '1', relationship: ['unsuccessfulProcess'], scheme: 'ocid', identifier: ocidOf(issuer, 'call', repeats) }],
    }),
  };
} // prettier-ignore

function decided(call: CallPage, status: string): Said {
  const { detail, names } = call;
  const applicants = detail.opening ? detail.applications.flatMap(({ organisation }) => organisation ?? []) : [];
  const tenderers = applicants.map((organisation) => partyOf(organisation, names));
  const winner = call.awardedTo?.id;
  return {
    parties: [
      { ...buyerOf(call), roles: ['buyer'] },
      ...tenderers.map((party) => ({ ...party, roles: party.id === winner ? ['tenderer', 'supplier'] : ['tenderer'] })),
    ],
    tender: { id: call.id, status, ...(tenderers.length > 0 && { numberOfTenderers: tenderers.length, tenderers }) },
  };
}

function awardsOf(call: CallPage): readonly Said[] {
  const { detail, awardedTo, endedOn, names } = call;
  if (detail.awardedTo === undefined || awardedTo === null) return [];
  const date = endedOn === null ? {} : { date: `${endedOn}T00:00:00Z` };
  return [{ id: detail.awardedTo, status: 'active', ...date, suppliers: [partyOf(awardedTo.id, names)] }];
}

/** The end says again who takes part, and adds to the tender. */
const merged = (begun: Said, ended: Said | undefined): Said =>
  ended === undefined
    ? begun
    : { ...begun, ...ended, tender: { ...(begun.tender as Said), ...(ended.tender as Said) } };
