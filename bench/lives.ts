import type { Command, AssetId, JsonObject, LegalDate } from '#domain';
import { assetIdFrom } from '#domain';

/** An asset's life as an officer would enter it, in order. */
export interface Life {
  readonly asset: AssetId;
  readonly commands: readonly Command[];
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Regions by their share of the assets in the agency's open data: a third lies in Sicily. */
const regions: readonly (readonly [code: string, name: string, share: number])[] = [
  ['19', 'Sicilia', 0.36], ['15', 'Campania', 0.18], ['18', 'Calabria', 0.15], ['03', 'Lombardia', 0.1], ['16', 'Puglia', 0.08],
  ['12', 'Lazio', 0.07], ['01', 'Piemonte', 0.03], ['08', 'Emilia-Romagna', 0.03],
]; // prettier-ignore
const kinds = [
  ['real-estate', 'dwelling', 'Appartamento in condominio', 0.32],
  ['real-estate', 'land', 'Terreno agricolo', 0.25],
  ['real-estate', 'garage', 'Box, garage, autorimessa', 0.2],
  ['real-estate', 'commercial', 'Negozio, bottega', 0.08],
  ['company', 'limited-company', 'Costruzioni', 0.15],
] as const;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1998, 0, 1);
const DAYS = 27 * 365;

/**
 * Lives with the skew of real data: a third of the assets end at the seizure, most have two to six entries, one in a hundred has a long
 * record of costs and visits; areas and kinds as in the agency's open data; one entry in fifty comes late, one in a hundred is corrected.
 */
export function* lives(count: number, seed = 1): Generator<Life> {
  const random = randomFrom(seed);
  for (let number = 0; number < count; number += 1) yield life(number, random);
}

function life(number: number, random: () => number): Life {
  const code = `BENCH-${number}`;
  let day = Math.floor(random() * DAYS * 0.8);
  const later = (): LegalDate => dateOf((day += 1 + Math.floor(random() * 400)));
  const commands: Command[] = [];
  const add = (name: string, data: JsonObject, occurredOn: LegalDate = later()): void => {
    if (day < DAYS) commands.push({ name, occurredOn, data });
  };
  commands.push({ name: 'record-seizure', occurredOn: dateOf(day), data: seizure(code, number, random) });
  if (random() < 0.3) return { asset: assetIdFrom('IT', 'bench', code), commands };
  add('order-confiscation', { instance: 'first', court: 'Tribunale di Palermo' });
  if (random() < 0.6) add('appoint-administrator', { office: 'agency', firm: 'ANBSC' });
  const long = random() < 0.01;
  for (let entries = long ? 40 + Math.floor(random() * 160) : Math.floor(random() * 2.5); entries > 0; entries -= 1) {
    const from = dateOf(day);
    const to = dateOf((day += long ? 5 : 90));
    const amount = { minor: 1000 + Math.floor(random() * 900_000), currency: 'EUR' };
    if (day < DAYS)
      commands.push({
        name: 'record-management-cost',
        occurredOn: to,
        data: { purpose: 'maintenance', amount, from, to },
      });
  }
  if (random() < 0.7) add('make-confiscation-final', { court: 'Corte di Cassazione' });
  else return { asset: assetIdFrom('IT', 'bench', code), commands };
  if (random() < 0.5)
    add('record-inspection', {
      condition: 'fair',
      readyForDestination: true,
      findings: 'Accessible, no occupants found.',
    });
  // Late: dated right after the seizure, recorded after the confiscation.
  if (random() < 0.1)
    add(
      'record-valuation',
      { method: 'appraisal', value: { minor: 1_000_000, currency: 'EUR' } },
      commands[0]?.occurredOn ?? later(),
    );
  if (random() < 0.5) {
    const municipality = { kind: 'municipality', name: 'Comune di Palermo' };
    add('decide-destination', { purpose: 'social', recipient: municipality });
    if (random() < 0.7 && commands.at(-1)?.name === 'decide-destination') add('transfer-asset', { to: municipality });
  }
  return { asset: assetIdFrom('IT', 'bench', code), commands };
}

function seizure(code: string, number: number, random: () => number): JsonObject {
  const region = random();
  const [kind, category, subcategory] = pick(kinds, ([, , , share]) => share, random());
  return {
    kind,
    category,
    subcategory,
    title: `${subcategory} ${number}`,
    identifiers: [{ scheme: 'bench', id: code }],
    location: locationAt(region, random()),
    share: random() < 0.8 ? 100 : 50,
    ...(random() < 0.4 && { estimatedValue: { minor: Math.floor(random() ** 3 * 1e9), currency: 'EUR' } }),
    proceeding: { court: 'Tribunale di Palermo', kind: 'prevention', number: `${number % 4000}/2009` },
  };
}

/** An area for two random numbers: regions by their share; few towns hold most of the assets (Zipf). */
export function locationAt(region: number, town: number): JsonObject {
  const [code, name] = pick(regions, ([, , share]) => share, region);
  const number = Math.floor(300 ** town);
  const province = `${code}${number % 7}`;
  return {
    country: 'IT',
    region: { code, name },
    province: { code: province, name: `Provincia ${province}` },
    municipality: { code: `${province}${String(number).padStart(3, '0')}`, name: `Comune ${number} di ${name}` },
  };
}

function pick<Choice>(choices: readonly Choice[], shareOf: (choice: Choice) => number, at: number): Choice {
  let left = at;
  for (const choice of choices) if ((left -= shareOf(choice)) < 0) return choice;
  return choices[0]!;
}

const dateOf = (day: number): LegalDate => new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
