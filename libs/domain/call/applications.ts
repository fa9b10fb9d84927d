import { Type } from '@sinclair/typebox';
import { isKeyOf, releasedKeyDigest } from '#sealing';
import { organisations } from '../organisation/acts';
import type { Organisation, OrganisationId } from '../organisation/organisation';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import {
  entryId, idOf, line, oneOf, optional, personalField, publicField, record, restrictedField, sha256, text,
} from '../schema/fields'; // prettier-ignore
import { isBefore } from '../schema/instant';
import { actsOf } from '../stream/act';
import { applicationIn, applicationsAt, disinterested, standsAt, withApplication } from './call';
import type { Application, Call } from './call';
import { sealText } from './keys';
import { beforeDeadline, code } from './publication';

/** Applications come in sealed, are opened together after the deadline, and are admitted or excluded (rule 9). */

const SEALED = 'Social Reuse Registry, rule 9';

export const ApplicationSubmitted = defineEvent('ApplicationSubmitted', {
  description: 'An organisation applied. Until the opening nobody can read what it wrote, nor the public who it is.',
  source: `Legislative decree 159/2011 art. 48(3)(c); ${SEALED}`,
  data: record({
    organisation: restrictedField(idOf('organisation'), 'Who applies. Made public by the opening.'),
    sealed: publicField(
      record({
        scheme: code(),
        ciphertext: record({
          sha256: sha256(),
          size: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Bytes.' }),
        }),
        digest: sha256(),
      }),
      'The sealed application by its digests: of the ciphertext, and of the salted content, by which it can be proven unchanged.',
    ),
  }),
});

export const ApplicationWithdrawn = defineEvent('ApplicationWithdrawn', {
  description: 'An application was taken back before the deadline. It stays sealed.',
  source: SEALED,
  data: record({ application: publicField(entryId(), 'The application.') }),
});

export const CallClosed = defineEvent('CallClosed', {
  description: 'The deadline has passed and the call was closed.',
  source: SEALED,
  data: record({}),
});

export const ApplicationsOpened = defineEvent('ApplicationsOpened', {
  description: 'The key was released and the applications were opened together. From now on it is public who applied.',
  source: `Law 241/1990 artt. 1, 12; ${SEALED}`,
  data: record({
    custodians: publicField(
      Type.Array(line(), { minItems: 1, maxItems: 20 }),
      'The offices that released their shares of the key.',
    ),
    custodianNames: optional(
      personalField(Type.Array(line(), { maxItems: 20 }), 'The persons who released them, in the same order.'),
    ),
    callKey: optional(
      restrictedField(
        sealText('private-key', 32, 'The private key.'),
        'The released key, for those who read or check applications.',
      ),
    ),
    releasedKey: publicField(sha256(), 'Digest of the released key; also the seed where a tie is drawn.'),
    applications: publicField(
      Type.Array(record({ application: entryId(), organisation: idOf('organisation') }), {
        minItems: 1,
        maxItems: 10_000,
      }),
      'Every standing application and who handed it in.',
    ),
  }),
});

export const ApplicationAdmitted = defineEvent('ApplicationAdmitted', {
  description: 'The application may take part: it will be scored.',
  source: 'Law 241/1990 art. 12',
  data: record({ application: publicField(entryId(), 'The application.') }),
});

export const exclusionGrounds = ['incomplete', 'not-entitled', 'off-object', 'false-statement', 'other'] as const;

export const ApplicationExcluded = defineEvent('ApplicationExcluded', {
  description: 'The application may not take part, for a reason that is stated.',
  source: 'Law 241/1990 artt. 3, 10-bis, 12',
  data: record({
    application: publicField(entryId(), 'The application.'),
    ground: publicField(oneOf(exclusionGrounds), 'On what ground.'),
    reason: publicField(text(1000), 'Why, without personal data.'),
    note: optional(restrictedField(text(), 'Details for officers.')),
  }),
});

/** Whether this version of the registry verifies organisations; before it does, registering is all an organisation can do. */
const verifies = organisations.commands.has('verify-organisation');

/** An applicant is registered, verified and not suspended (rule 5). */
function entitled(organisation: OrganisationId, state: Organisation | undefined): void {
  demand(state !== undefined, 'applicant-not-registered', { organisation });
  const { verified, suspended }: Organisation & { readonly verified?: object; readonly suspended?: object } = state;
  const standing = suspended !== undefined ? 'suspended' : verified === undefined && verifies ? 'not verified' : 'good';
  demand(standing === 'good', 'applicant-not-entitled', { organisation, standing });
}

const isStanding = ({ status }: Application): boolean => status !== 'withdrawn';

/** Before the award the authority decides which applications take part; a decision can be replaced by the other one, and both stay visible. */
function decidable(call: Call, id: string, already: 'admitted' | 'excluded'): void {
  standsAt(call, 'opened');
  const { status } = applicationIn(call, id);
  demand(status !== already && status !== 'withdrawn', 'application-decided', { status });
}

/** A call is opened with its own key, out of as many shares as it asks for (rule 9). A call sealed in another way is opened on its officers' word. */
function keyReleased({ ceremony }: Call, callKey: string | undefined, digest: string): void {
  if (ceremony === undefined) return;
  const { keys, released } = ceremony;
  demand(released.length >= keys.threshold, 'shares-too-few', {
    given: released.length,
    needed: keys.threshold,
    missing: keys.threshold - released.length,
  });
  const right = callKey !== undefined && isKeyOf(keys.publicKey, callKey) && releasedKeyDigest(callKey) === digest;
  demand(right, 'released-key-wrong');
}

const { act } = actsOf<Call>();

export const applications = [
  act('submit-application', ApplicationSubmitted, {
    consults: ({ organisation }) => [`organisation-${organisation}`],
    admit: ({ organisation, sealed }, call) => {
      standsAt(call, 'published');
      const { scheme = '' } = call.sealing ?? {};
      demand(sealed.scheme === scheme, 'sealing-differs', { scheme: sealed.scheme, expected: scheme });
      const standing = call.applications.find((each) => each.organisation === organisation && isStanding(each));
      demand(standing === undefined, 'already-applied', { application: standing?.id ?? null });
    },
    judge: ({ organisation }, call, surroundings, { recordedAt }) => {
      beforeDeadline(call, surroundings.now);
      // Where another server's clock ran ahead, the entry is written at that later time; the log must not show it after the deadline either.
      beforeDeadline(call, recordedAt);
      entitled(organisation, surroundings.find('organisation', organisation));
    },
    evolve: (call, { organisation, sealed }, { id }) => ({
      ...call,
      applications: [
        ...call.applications,
        { id, status: 'sealed', organisation, ciphertext: sealed.ciphertext.sha256, digest: sealed.digest },
      ],
    }),
  }),

  act('withdraw-application', ApplicationWithdrawn, {
    admit: ({ application }, call) => {
      standsAt(call, 'published');
      const { status } = applicationIn(call, application);
      demand(status === 'sealed', 'application-decided', { status });
    },
    judge: (_, call, { now }) => beforeDeadline(call, now),
    evolve: (call, { application }) => withApplication(call, application, { status: 'withdrawn' }),
  }),

  act('close-call', CallClosed, {
    admit: (_, call) => standsAt(call, 'published'),
    judge: (_, { deadline }, { now }) =>
      demand(!isBefore(now, deadline), 'call-deadline-not-reached', { deadline, now }),
    evolve: (call) => ({ ...call, status: 'closed' }),
  }),

  act('open-applications', ApplicationsOpened, {
    admit: ({ applications: listed, callKey, releasedKey }, call) => {
      standsAt(call, 'closed');
      keyReleased(call, callKey, releasedKey);
      const standing = applicationsAt(call, 'sealed');
      const wrong = standing.filter(
        ({ id, organisation }) => !listed.some((row) => row.application === id && row.organisation === organisation),
      );
      demand(wrong.length === 0 && listed.length === standing.length, 'opening-incomplete', {
        listed: listed.length,
        standing: standing.length,
        missing: wrong.map(({ id }) => id),
      });
    },
    evolve: (call, { releasedKey, applications: listed, ...withheld }) =>
      listed.reduce(
        (opened, { application, organisation }) =>
          withApplication(opened, application, { status: 'opened', organisation }),
        { ...call, status: 'opened', releasedKey, ...(withheld.callKey && { callKey: withheld.callKey }) } as Call,
      ),
  }),

  act('admit-application', ApplicationAdmitted, {
    admit: ({ application }, call, entry) => {
      decidable(call, application, 'admitted');
      disinterested(call, entry);
    },
    evolve: (call, { application }) => withApplication(call, application, { status: 'admitted' }),
  }),

  act('exclude-application', ApplicationExcluded, {
    admit: ({ application }, call, entry) => {
      decidable(call, application, 'excluded');
      disinterested(call, entry);
    },
    evolve: (call, { application }) => withApplication(call, application, { status: 'excluded' }),
  }),
];
