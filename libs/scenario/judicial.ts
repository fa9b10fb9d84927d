import type { JsonObject } from '#domain';
import type { Begun, Tale } from './tale';

const courts = ['Tribunale di Palermo', 'Tribunale di Reggio Calabria', 'Tribunale di Napoli', 'Tribunale di Milano'];
const things = [
  { kind: 'real-estate', category: 'dwelling' },
  { kind: 'real-estate', category: 'land' },
  { kind: 'company', category: 'limited-company' },
  { kind: 'registered-movable', category: 'vehicle' },
  { kind: 'movable', category: 'art' },
  { kind: 'financial', category: 'account' },
] as const;

type Thing = (typeof things)[number];

/** How a dossier of the scenario's own goes: most become final, the others end one way or another. */
const courses = [
  'final',
  'final',
  'final',
  'final',
  'seizure-revoked',
  'confiscation-revoked',
  'split',
  'merged',
  'destroyed',
  'good-faith',
  'provisional-use',
  'interlocutory-sale',
] as const;

/** A dossier from the seizure on, where the imported ones begin later. Undefined when the asset has left, or the scenario ends before its confiscation is final. */
export async function proceedings(tale: Tale, number: number): Promise<Begun | undefined> {
  const thing = number % 5 < 3 ? things[number % 2 === 0 ? 0 : 1] : tale.chance.one(things);
  const { id } = await seized(tale, thing, `ASSET-${number}`, `Invented asset ${number} (scenario)`);
  const course = courses[number % courses.length]!;
  if (course === 'seizure-revoked')
    return left(tale, id, 'revoke-seizure', { extent: 'whole', act: tale.act(tale.chance.one(courts)) });
  if (course === 'provisional-use') await provisionallyUsed(tale, id);
  tale.later(200, 900);
  await tale.add('asset', id, 'officer', 'order-confiscation', { instance: 'first', court: tale.chance.one(courts) });
  if (course === 'confiscation-revoked')
    return left(tale, id, 'revoke-confiscation', { extent: 'whole', reason: 'Set aside on appeal.' });
  if (course === 'interlocutory-sale') await authorised(tale, id);
  if (tale.chance.happens(0.6)) {
    tale.later(200, 700);
    await tale.add('asset', id, 'officer', 'order-confiscation', { instance: 'appeal', court: 'Corte d’appello' });
  }
  tale.later(100, 700);
  await tale.add('asset', id, 'officer', 'make-confiscation-final', { court: 'Corte di Cassazione' });
  if (tale.chance.happens(0.4)) await enriched(tale, id);
  if (course === 'good-faith')
    return left(tale, id, 'return-to-owner', {
      act: tale.act('Tribunale di Roma'),
      details: 'To an owner in good faith.',
    });
  if (course === 'destroyed')
    return left(tale, id, 'record-destruction', { cause: 'disaster', document: tale.document('Record of the flood') });
  if (course === 'split') return divided(tale, id, thing, number);
  if (course === 'merged') return joined(tale, id, thing, number);
  return { id, kind: thing.kind, phase: 'confiscated-final', since: tale.day };
}

const seized = (tale: Tale, thing: Thing, code: string, title: string, more: JsonObject = {}) =>
  tale.open('asset', 'officer', 'record-seizure', {
    ...thing,
    title,
    identifiers: [{ scheme: 'scenario', id: code }],
    authority: tale.chance.one(courts),
    proceeding: {
      court: tale.chance.one(courts),
      kind: 'prevention',
      number: `${tale.chance.between(1, 400)}/${tale.day.slice(0, 4)}`,
    },
    ...more,
  });

async function left(tale: Tale, id: string, command: string, data: JsonObject): Promise<undefined> {
  tale.later(100, 600);
  await tale.add('asset', id, 'officer', command, data);
  return undefined;
}

async function provisionallyUsed(tale: Tale, id: string): Promise<void> {
  tale.later(30, 200);
  const grantee = { kind: 'state-body', name: 'Guardia di Finanza' };
  await tale.add('asset', id, 'approver', 'grant-provisional-use', {
    grantee,
    purpose: 'institutional',
    authority: 'Tribunale',
  });
}

async function authorised(tale: Tale, id: string): Promise<void> {
  tale.later(30, 200);
  const why = 'Keeping it costs more than it is worth.';
  await tale.add('asset', id, 'approver', 'authorise-interlocutory-sale', {
    authority: 'Giudice delegato',
    reason: why,
  });
}

async function enriched(tale: Tale, id: string): Promise<void> {
  tale.later(10, 200);
  await tale.add('asset', id, 'officer', 'describe-asset', { remarks: 'Surveyed anew (scenario).', share: 100 });
}

/** One asset becomes two, each with a dossier that names where it comes from. */
async function divided(tale: Tale, id: string, thing: Thing, number: number): Promise<undefined> {
  tale.later(50, 400);
  const into: string[] = [];
  for (const part of ['A', 'B']) {
    const opened = await seized(
      tale,
      thing,
      `ASSET-${number}-${part}`,
      `Invented asset ${number}, part ${part} (scenario)`,
      { comesFrom: [id] },
    );
    into.push(opened.id);
  }
  await tale.add('asset', id, 'officer', 'split-asset', { into, reason: 'Two cadastral units.' });
  return undefined;
}

async function joined(tale: Tale, id: string, thing: Thing, number: number): Promise<undefined> {
  tale.later(50, 400);
  const whole = await seized(tale, thing, `ASSET-${number}-WHOLE`, `Invented asset ${number}, joined (scenario)`, {
    comesFrom: [id],
  });
  await tale.add('asset', id, 'officer', 'merge-asset', { into: whole.id, reason: 'One cadastral unit.' });
  return undefined;
}
