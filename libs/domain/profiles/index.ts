import type { Profile, PublicationDelay } from './profile';

/** No law names a term; the house asks for one look and one report a year, and leaves sixty days to write the report. */
const YEARLY = 'Social Reuse Registry, monitoring';
const PUBLICATION = 'Social Reuse Registry, publication';

/**
 * Both laws say that a limit holds no longer than what it protects needs it, and leave its length to the house: once the choice between applicants, the account and the finding are a year or two old,
 * nothing speaks against reading what an officer noted on them.
 */
const publicationDelays = (source: string): Readonly<Record<string, PublicationDelay>> => {
  const after = (days: number): PublicationDelay => ({ days, source, since: '2026-12-01' });
  return {
    'AssignmentProposed.note': after(365),
    'MonitoringVisitRecorded.note': after(365),
    'PaymentApproved.note': after(730),
  };
};

const email = { what: 'an e-mail address', pattern: /(?<=[^\s@])@[^\s@]+\.[a-z]{2,}/i };

/** Italy: the agency for confiscated assets (ANBSC), the anti-mafia code (legislative decree 159/2011). */
export const italy: Profile = {
  code: 'IT',
  country: 'IT',
  // Legislative decree 159/2011 art. 110.
  agencies: {
    ANBSC: 'Agenzia nazionale beni sequestrati e confiscati (ANBSC)',
  },
  timeZone: 'Europe/Rome',
  currency: 'EUR',
  deadlines: {
    'confiscated-final': { days: 90, source: 'Legislative decree 159/2011 art. 47(2)' },
    available: { days: 90, source: 'Legislative decree 159/2011 art. 47(2)' },
    transferred: { days: 365, source: 'Legislative decree 159/2011 art. 48(3)(c)' },
  },
  answerWithinDays: { days: 30, source: 'Legislative decree 33/2013 art. 5(6)' },
  visitWithinDays: { days: 365, source: YEARLY },
  activityReportWithinDays: { days: 425, source: YEARLY },
  publicationDelays: publicationDelays('Legislative decree 33/2013 art. 5-bis(5)'),
  // The longest that the law lets a procedure take, whatever the authority's own rules say.
  callOutcomeWithinDays: { days: 180, source: 'Law 241/1990 art. 2(4)' },
  // The list is brought up to date every month.
  assignedListWithinDays: { days: 31, source: 'Legislative decree 159/2011 art. 48(3)(c)' },
  identifierSchemes: {
    'it-anbsc': 'Codice bene ANBSC',
    'it-anbsc-m': 'Codice matrice ANBSC',
    'it-catasto': 'Catasto: foglio/particella/subalterno',
    'it-rea': 'Numero REA',
    vin: 'Numero di telaio',
    wallet: 'Indirizzo del portafoglio',
  },
  personalPatterns: [
    email,
    {
      // Decree of the Minister of Finance of 23 December 1976: the tax code of natural persons, with the letters that replace digits of homonyms.
      what: 'a person’s tax code',
      pattern: /\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b/i,
    },
  ],
};

/** No jurisdiction in particular: keeps anything Italian from being welded in. */
export const generic: Profile = {
  code: 'generic',
  country: 'XX',
  agencies: {},
  timeZone: 'UTC',
  currency: 'EUR',
  deadlines: {},
  // The convention asks for a time limit named beforehand and leaves its length to each party.
  answerWithinDays: {
    days: 30,
    source: 'Council of Europe Convention on Access to Official Documents (CETS 205) art. 5(4)',
  },
  visitWithinDays: { days: 365, source: YEARLY },
  activityReportWithinDays: { days: 425, source: YEARLY },
  publicationDelays: publicationDelays(
    'Council of Europe Convention on Access to Official Documents (CETS 205) art. 3(3)',
  ),
  callOutcomeWithinDays: { days: 180, source: PUBLICATION },
  assignedListWithinDays: { days: 31, source: PUBLICATION },
  identifierSchemes: { local: 'Local code', vin: 'Vehicle identification number', wallet: 'Wallet address' },
  personalPatterns: [email],
};

export const profiles: Readonly<Record<string, Profile>> = { IT: italy, generic };
