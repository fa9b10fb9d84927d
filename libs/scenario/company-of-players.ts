import type { JsonObject } from '#domain';
import type { SideBySide } from './side-by-side';
import type { Stage } from './stage';
import { Tale } from './tale';
import type { Report } from './tale';

/** An organisation that takes part in the scenario. All are invented, and say so. */
export interface Player {
  readonly id: string;
  readonly kind: 'civil-society' | 'company' | 'victims-association';
  readonly name: string;
  readonly identifiers: readonly { readonly scheme: string; readonly id: string }[];
}

const first = [
  'Il Melograno',
  'La Ginestra',
  'Terra Buona',
  'Le Radici',
  'Controvento',
  'La Quercia',
  'Orizzonte',
  'Il Faro',
  'Mani Aperte',
  'La Fonte',
];
const societies = ['Cooperativa sociale', 'Associazione', 'Fondazione', 'Impresa sociale'];
const trades = ['Costruzioni', 'Impianti', 'Logistica', 'Arredi', 'Energia', 'Servizi'];
const forms = {
  'Cooperativa sociale': 'social-cooperative',
  Associazione: 'association',
  Fondazione: 'foundation',
  'Impresa sociale': 'social-enterprise',
} as const;
const aims = {
  'civil-society': 'Social inclusion, work and education on assets given back to society. Invented for the scenario.',
  company: 'Works, goods and services for assets given back to society. Invented for the scenario.',
  'victims-association': 'Families of innocent victims of the mafias. Invented for the scenario.',
};

export interface Gathering {
  readonly stage: Stage;
  readonly report: Report;
  readonly seed: string;
  readonly count: number;
  readonly until: string;
  readonly together: SideBySide;
  /** Told after each of them. */
  readonly onTale: () => void;
}

/** Registers the organisations of the scenario and has most of them verified by a second person. They come in the order of their numbers, whoever was there first. */
export async function gather({ stage, report, seed, count, until, together, onTale }: Gathering): Promise<Player[]> {
  const players: (Player | undefined)[] = Array.from({ length: count });
  await together.tell([...players.keys()], async (number) => {
    const kind = number % 20 === 19 ? 'victims-association' : number % 3 === 2 ? 'company' : 'civil-society';
    const tale = new Tale(stage, report, `${seed}/organisation/${number}`, '2001-01-08', until);
    players[number] = await registered(tale, kind, number);
    onTale();
  });
  return players.filter((player) => player !== undefined);
}

async function registered(tale: Tale, kind: Player['kind'], number: number): Promise<Player | undefined> {
  const society = tale.chance.one(societies) as keyof typeof forms;
  const words =
    kind === 'company'
      ? `${tale.chance.one(trades)} ${tale.chance.one(first)}`
      : `${kind === 'victims-association' ? 'Familiari delle vittime' : society} ${tale.chance.one(first)}`;
  const name = `${words} ${number} (scenario)`;
  const identifiers = [{ scheme: 'scenario', id: `ORG-${number}` }];
  const legalForm =
    kind === 'company' ? 'limited-company' : kind === 'victims-association' ? 'association' : forms[society];
  const data: JsonObject = { kind, name, legalForm, identifiers, aims: aims[kind] };
  let player: Player | undefined;
  await tale.chapter(async () => {
    const { id } = await tale.open('organisation', 'officer', 'register-organisation', data);
    player = { id, kind, name, identifiers };
    tale.later(1, 20);
    await tale.add('organisation', id, 'officer', 'declare-beneficial-owners', {
      basis: 'control',
      owners: tale.chance.between(1, 5),
    });
    tale.later(1, 30);
    await tale.add('organisation', id, 'approver', 'verify-organisation', {
      checks: ['identity', 'register', 'beneficial-owners'],
    });
    if (tale.chance.happens(0.2)) {
      tale.later(100, 500);
      await tale.add('organisation', id, 'officer', 'describe-organisation', { website: 'https://scenario.example' });
    }
    if (!tale.chance.happens(0.06)) return;
    tale.later(200, 900);
    await tale.add('organisation', id, 'approver', 'suspend-organisation', { reason: 'declaration-missing' });
    tale.later(20, 120);
    await tale.add('organisation', id, 'approver', 'reinstate-organisation', {
      details: 'The declaration was handed in.',
    });
  });
  return player;
}
