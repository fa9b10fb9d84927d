import type { JsonObject } from '#domain';
import type { Player } from './company-of-players';
import type { Begun, Tale } from './tale';

const questions = [
  ['question', 'When will the building be given to an association? It has stood empty for years.'],
  ['question', 'Who pays for the works, and how much has been spent so far?'],
  ['complaint', 'The yard is full of rubbish and nobody answers the phone.'],
] as const;
const answers = [
  'The destination was decided this spring. A call for associations follows within six months.',
  'The region pays. What was allocated, committed and paid stands in the dossier, with the documents.',
  'Thank you. The yard was cleared last week, and the new number of the office is on its page.',
];

/** Somebody asks about an asset; a moderator publishes it, and the authority answers, late or in time. */
export async function asked(tale: Tale, { id: asset }: Begun, agency: string): Promise<void> {
  const { chance } = tale;
  tale.later(1, 400);
  const observed = chance.happens(0.25);
  const [kind, question] = chance.one(questions);
  const text = observed ? 'The roof of the building has a hole on the side of the street.' : question;
  const data: JsonObject = { asset, addressedTo: agency, text, ...(!observed && { kind }) };
  const { id } = await tale.open('dialogue', 'visitor', observed ? 'file-observation' : 'ask-question', data);
  tale.later(0, 6);
  if (chance.happens(0.06)) {
    await tale.add('dialogue', id, 'moderator', 'moderate-thread', { outcome: 'withheld', reason: 'off-topic' });
    return;
  }
  await tale.add('dialogue', id, 'moderator', 'moderate-thread', { outcome: 'published', reason: 'in-order', text });
  if (chance.happens(0.15)) {
    tale.later(32, 90);
    await tale.add('dialogue', id, 'moderator', 'escalate-thread', {
      to: 'RPCT',
      details: 'Nobody answered within the term.',
    });
    return;
  }
  tale.later(2, 60);
  await tale.add('dialogue', id, 'officer', 'publish-answer', { text: chance.one(answers) });
  if (!chance.happens(0.7)) return;
  tale.later(1, 30);
  await tale.add('dialogue', id, 'officer', 'close-thread', { reason: 'answered' });
}

/** A group of authorities and society meets twice a year, recommends, and is answered. */
export async function met(tale: Tale, number: number, players: readonly Player[], agency: string): Promise<void> {
  const { chance } = tale;
  const aims = 'To look at how confiscated assets are reused here, with the families of victims at the table.';
  const { id } = await tale.open('group', 'officer', 'form-group', {
    name: `Tavolo ${number + 1} (scenario)`,
    aims,
    quorumPercent: 50,
  });
  tale.later(5, 40);
  const members: string[] = [];
  const seated = new Set<string>();
  const sit = async (represents: string, kind: Player['kind']): Promise<void> => {
    const organisation = chance.one(players.filter((player) => player.kind === kind)).id;
    if (seated.has(organisation)) return;
    seated.add(organisation);
    members.push(await tale.add('group', id, 'officer', 'admit-member', { represents, organisation }));
  };
  await sit('victims-families', 'victims-association');
  await sit('civil-society', 'civil-society');
  await sit('company', 'company');
  await sit('company', 'company');
  for (let meetings = 1; ; meetings += 1) {
    tale.later(150, 210);
    if (meetings === 4)
      await tale.add('group', id, 'officer', 'record-leaving', { member: members.pop()!, reason: 'mandate-ended' });
    const agenda = ['What became of the recommendations', 'Assets that stand empty'];
    const meeting = await tale.add('group', id, 'officer', 'record-meeting', {
      place: 'Prefettura',
      agenda,
      present: members,
      minutes: tale.document('Minutes'),
    });
    if (!chance.happens(0.6)) continue;
    const recommendation = await tale.add('group', id, 'officer', 'adopt-recommendation', {
      meeting,
      addressedTo: agency,
      text: 'Publish a call for every asset that has stood empty for more than two years.',
      answerBy: tale.day.slice(0, 4) + '-12-31',
      votes: { inFavour: members.length - 1, against: 0, abstained: 1 },
    });
    if (!chance.happens(0.8)) continue;
    tale.later(20, 120);
    const outcome = chance.one(['accepted', 'partly-accepted', 'rejected'] as const);
    await tale.add('group', id, 'colleague', 'answer-recommendation', {
      recommendation,
      outcome,
      reasons: 'See the programme of the year.',
      answeringOffice: 'Office for reuse',
    });
  }
}
