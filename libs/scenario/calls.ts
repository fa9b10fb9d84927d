import type { Call, Instant, JsonObject } from '#domain';
import { rankingOf } from '#domain';
import { makeEvaluatorKeys, makeSealingKeys, openShare, sealingKeysDigest } from '#sealing';
import { signed } from './assignment';
import type { Player } from './company-of-players';
import { chanceKept } from './prompt-book';
import type { PromptBook } from './prompt-book';
import { TurnedDown } from './stage';
import type { Part, Said } from './stage';
import type { Begun, Tale } from './tale';

/** What a call needs of the registry beside commands. All of it happens now: a deadline is by the registry's clock. */
export interface CallDesk {
  /** What a call takes by chance or by the clock, so that it goes on after it was broken off. */
  readonly book: PromptBook;
  /** When a call closes that is drafted now. */
  deadline(): Instant;
  /** The account a part signs in with, for those who hold a share or give points. */
  accountOf(part: Part): { readonly login: string; readonly agency: string };
  /** Lets somebody act for an organisation. */
  enlist(organisation: string): Promise<Part>;
  /** Seals an application to the call's key and hands it in. */
  handIn(call: string, organisation: string, by: Part, key: string): Promise<Said>;
  /** Opens the applications of a call with the shares that were given. */
  openApplications(call: string, by: Part, key: string): Promise<void>;
  /** Waits until it is over, by the registry's clock. */
  waitFor(deadline: Instant): Promise<void>;
  /** The entry by which the asset is proposed to the winner of the call, once the registry has written it; undefined when it does not. */
  proposalOn(asset: string, call: string): Promise<string | undefined>;
}

const evaluators = ['evaluator-1', 'evaluator-2', 'evaluator-3'] as const;
const criteria = [
  { code: 'impact', words: 'What it does for the people of the neighbourhood.', maximum: 30, weight: 60 },
  { code: 'sustainability', words: 'How it will go on without public money.', maximum: 20, weight: 40 },
];
const CUSTODIANS = ['Comune', 'Prefettura', 'Università'];

/** How the calls of a scenario end, in turn. */
const courses = ['awarded', 'awarded', 'deserted', 'awarded', 'cancelled'] as const;

/** A call for an asset, from its draft to the agreement with its winner; `outside` is where it waits for others. */
export async function called(
  tale: Tale,
  asset: Begun,
  societies: readonly Player[],
  desk: CallDesk,
  number: number,
  outside: <Awaited>(wait: () => Promise<Awaited>) => Promise<Awaited>,
): Promise<void> {
  const course = courses[number % courses.length]!;
  const deadline = await desk.book.keep(`${asset.id} deadline`, () => desk.deadline());
  const data: JsonObject = {
    assets: [asset.id],
    object: 'Social use of a confiscated asset (scenario)',
    summary: 'We look for an organisation that opens the asset to the neighbourhood. Invented for the scenario.',
    criteria,
    tieBreak: 'earliest',
    deadline,
  };
  const { id } = await tale.open('call', 'officer', 'draft-call', data);
  if (course === 'cancelled') {
    await tale.add('call', id, 'approver', 'cancel-call', {
      reason: 'The asset is needed for an institutional purpose.',
    });
    return;
  }
  const shares = await published(tale, id, desk);
  await tale.add('call', id, 'officer', 'clarify-call', {
    question: 'May two associations apply together?',
    answer: 'Yes, with one of them in the lead.',
  });
  const applications = course === 'deserted' ? [] : await applied(tale, id, applicants(societies, number), desk);
  await outside(() => desk.waitFor(deadline));
  await closed(tale, id);
  if (course === 'deserted') return void (await tale.add('call', id, 'officer', 'desert-call', {}));
  for (const [place, part] of evaluators.slice(0, 2).entries())
    await tale.add('call', id, part, 'release-share', { custodian: place + 1, openedShare: shares[place]! });
  await tale.line((key) => desk.openApplications(id, 'officer', key));
  const winner = await evaluated(tale, id, applications, desk);
  const proposal = await outside(() => desk.proposalOn(asset.id, id));
  if (proposal === undefined) return;
  await tale.add('asset', asset.id, 'director', 'approve-assignment', { proposal, act: tale.act('ANBSC') });
  await signed(tale, asset, winner, proposal);
}

/** The ceremony, its confirmation by every holder, and the publication. Answers the holders' shares. */
async function published(tale: Tale, id: string, desk: CallDesk): Promise<string[]> {
  const random = await chanceKept(desk.book, `${id} keys`);
  const made = evaluators.map(() => makeEvaluatorKeys(random));
  const keys = makeSealingKeys({ call: id, threshold: 2, evaluators: made.map(({ publicKey }) => publicKey), random });
  const keysDigest = sealingKeysDigest(keys);
  const accounts = evaluators.map((part) => ({ ...desk.accountOf(part) }));
  const dealt = {
    keys: { ...keys, encryptedShares: [...keys.encryptedShares], commitments: [...keys.commitments] },
    keysDigest,
    custodians: CUSTODIANS,
    accounts,
  };
  await tale.add('call', id, 'officer', 'deal-call-key', dealt);
  for (const [place, part] of evaluators.entries())
    await tale.add('call', id, part, 'confirm-call-key', { custodian: place + 1, keysDigest });
  await tale.add('call', id, 'approver', 'publish-call', { notice: 'Albo pretorio (scenario)' });
  return made.map(({ privateKey }, place) => openShare({ keys, evaluator: place + 1, privateKey }));
}

interface HandedIn {
  readonly application: string;
  readonly organisation: Player;
}

/** Who applies is another four each time, as far as there are others. */
function applicants(societies: readonly Player[], number: number): Player[] {
  const first = (4 * number) % societies.length;
  return [...societies.slice(first), ...societies.slice(0, first)].slice(0, 4);
}

/** Three apply and stand, a fourth takes its application back. */
async function applied(tale: Tale, id: string, societies: readonly Player[], desk: CallDesk): Promise<HandedIn[]> {
  const handedIn: HandedIn[] = [];
  for (const organisation of societies) {
    const by = await desk.enlist(organisation.id);
    const { entry } = await tale.line((key) => desk.handIn(id, organisation.id, by, key));
    if (handedIn.length < 3) handedIn.push({ application: entry, organisation });
    else await tale.add('call', id, by, 'withdraw-application', { application: entry });
  }
  return handedIn;
}

/** The registry closes calls by itself as well. */
async function closed(tale: Tale, id: string): Promise<void> {
  try {
    await tale.add('call', id, 'officer', 'close-call', {});
  } catch (error) {
    if (!(error instanceof TurnedDown)) throw error;
  }
}

/** One application is excluded, the others are scored by two evaluators, for the third steps back; then the award. */
async function evaluated(tale: Tale, id: string, handedIn: readonly HandedIn[], desk: CallDesk): Promise<Player> {
  const appointments: string[] = [];
  for (const part of evaluators)
    appointments.push(
      await tale.add('call', id, 'officer', 'appoint-evaluator', {
        account: { ...desk.accountOf(part) },
        name: `${part} (scenario)`,
      }),
    );
  await tale.add('call', id, 'evaluator-3', 'recuse-evaluator', {
    appointment: appointments[2]!,
    interest: 'membership',
  });
  const [excluded, ...admitted] = handedIn;
  await tale.add('call', id, 'officer', 'exclude-application', {
    application: excluded!.application,
    ground: 'incomplete',
    reason: 'The plan of the second year is missing.',
  });
  const scores: Call['scores'][number][] = [];
  for (const { application } of admitted) {
    await tale.add('call', id, 'officer', 'admit-application', { application });
    for (const [place, part] of evaluators.slice(0, 2).entries())
      for (const { code: criterion, maximum } of criteria) {
        const points = tale.chance.between(Math.floor(maximum / 3), maximum);
        await tale.add('call', id, part, 'score-application', { application, criterion, points });
        scores.push({ application, criterion, evaluator: appointments[place]!, points });
      }
  }
  const counted = {
    criteria,
    tieBreak: 'earliest',
    scores,
    applications: admitted.map(({ application, organisation }) => ({
      id: application,
      status: 'admitted',
      organisation: organisation.id,
    })),
    evaluators: appointments.map((appointment, place) => ({ id: appointment, recused: place === 2 })),
  } as unknown as Call;
  const ranking = rankingOf(counted);
  const [first] = ranking;
  const rows = ranking.map(({ application, points, weightedTotal }) => ({
    application,
    points: points.map((each) => ({ ...each })),
    weightedTotal: { ...weightedTotal },
  }));
  await tale.add('call', id, 'approver', 'award-call', {
    ranking: rows,
    evaluators: 2,
    awardedTo: first!.application,
    act: tale.act('ANBSC'),
  });
  return admitted.find(({ application }) => application === first!.application)!.organisation;
}
