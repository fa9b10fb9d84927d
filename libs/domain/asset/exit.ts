import { defineEvent } from '../schema/definition';
import {
  amount, count, entryId, line, oneOf, optional, personalField, publicField, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { exactSum } from '../exact';
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import { bySecondPerson, personBehind } from './four-eyes';
import { sameParty } from './parties';
import { actReference, body, documentReference, legalPerson, named, sameCurrency } from './references';
import type { LegalPerson } from './references';

/** How an asset leaves: sold, destroyed or given back; and what becomes of the price (rules 6, 7 and 10). */

export const BuyerScreened = defineEvent('BuyerScreened', {
  description: 'Somebody looked into who wants to buy the asset and whether the former owner stands behind it.',
  source: 'Legislative decree 159/2011 art. 48(5); Social Reuse Registry, rule 10',
  data: record({
    buyer: optional(publicField(legalPerson(), 'Who wants to buy, if it is a legal person or public body.')),
    buyerName: optional(personalField(line(), 'Who wants to buy, if it is a natural person.')),
    link: publicField(oneOf(['none', 'former-owner', 'linked']), 'How the buyer stands to the former owner.'),
    note: optional(restrictedField(text(), 'What was found, for officers.', 'by-decision')),
  }),
});

export const AssetSold = defineEvent('AssetSold', {
  description: 'The asset was sold to a buyer whom another person had screened.',
  source: 'Legislative decree 159/2011 art. 48(5); Directive (EU) 2024/1260 art. 21',
  data: record({
    screening: publicField(entryId(), 'The screening of the buyer.'),
    price: publicField(amount(), 'For how much.'),
    procedure: publicField(oneOf(['auction', 'private-negotiation', 'other']), 'How the buyer was found.'),
    document: publicField(documentReference(), 'The deed.'),
  }),
});

export const proceedsPurposes = [
  'victims-compensation', 'social', 'state-fund', 'law-enforcement', 'justice', 'creditors', 'management', 'owner-reimbursed', 'other',
] as const; // prettier-ignore

export const ProceedsAllocated = defineEvent('ProceedsAllocated', {
  description: 'A part of the price of a sale was given a purpose.',
  source: 'Legislative decree 159/2011 art. 48(1); Directive (EU) 2024/1260 art. 19',
  data: record({
    purpose: publicField(oneOf(proceedsPurposes), 'For what.'),
    amount: publicField(amount(), 'How much.'),
    recipient: optional(publicField(body(), 'Who receives it.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AssetDestroyed = defineEvent('AssetDestroyed', {
  description: 'The asset was destroyed, or is lost.',
  source: 'Legislative decree 159/2011 art. 48(12)',
  data: record({
    cause: publicField(oneOf(['decided', 'disaster', 'other']), 'Why it is no longer there.'),
    details: optional(publicField(text(), 'Details, without personal data.')),
    document: publicField(documentReference(), 'The record of it.'),
  }),
});

export const AssetReturnedToOwner = defineEvent('AssetReturnedToOwner', {
  description:
    'The asset went back to its owner by another decision than a revocation, for instance to one in good faith.',
  source: 'Legislative decree 159/2011 artt. 46, 52',
  data: record({
    act: publicField(actReference(), 'The decision.'),
    owner: optional(personalField(line(), 'Who received it, if it is a natural person.')),
    details: optional(publicField(text(), 'Details, without personal data.')),
  }),
});

export const VictimsCompensated = defineEvent('VictimsCompensated', {
  description: 'Victims were compensated with the asset or with its price.',
  source: 'Directive (EU) 2024/1260 art. 18; UN Convention against Transnational Organized Crime art. 14(2)',
  data: record({
    amount: publicField(amount(), 'How much.'),
    victims: optional(publicField(count(), 'How many people, where they were counted.')),
    proceeds: optional(
      publicField(entryId(), 'The part of the price set aside for it; none where the asset itself is given.'),
    ),
    act: optional(publicField(actReference(), 'The decision.')),
    names: optional(personalField(text(), 'Who they are.')),
  }),
});

/** What the exit chapter's entries add up to; an item's id is the entry that recorded it. */
export interface Exit {
  readonly screenings: readonly BuyerScreening[];
  readonly sale?: { readonly minor: number; readonly currency: string; readonly buyer?: LegalPerson };
  readonly proceeds: readonly Proceeds[];
}

interface BuyerScreening {
  readonly id: string;
  readonly buyer?: LegalPerson;
  readonly link: string;
  /** Subject of the person who screened; missing in a public fold. */
  readonly by?: string;
}

interface Proceeds {
  readonly id: string;
  readonly purpose: string;
  readonly minor: number;
  readonly currency: string;
  /** How much of it has reached victims. */
  readonly paidOut: number;
}

const noExit: Exit = { screenings: [], proceeds: [] };

const leaving = (asset: AssetFacts, change: (exit: Exit) => Partial<Exit>): AssetFacts => {
  const before = asset.exit ?? noExit;
  return { ...asset, exit: { ...before, ...change(before) } };
};

const forSale: ReadonlySet<string | undefined> = new Set(['sale', 'liquidation']);

/** The screening that keeps a sale from happening: its own, or one of the same buyer that came out otherwise (rule 10). */
function tie({ screenings }: Exit, screening: BuyerScreening): BuyerScreening | undefined {
  const { buyer } = screening;
  return screenings.find(
    (other) =>
      other.link !== 'none' &&
      (other.id === screening.id ||
        (buyer !== undefined && other.buyer !== undefined && sameParty(buyer, other.buyer))),
  );
}

export const exit = [
  act('screen-buyer', BuyerScreened, {
    admit: ({ buyer, buyerName }, _, entry) => {
      // A name that was erased was there: a late entry or a correction judges this one again.
      const byName = buyerName !== undefined || entry.erased?.includes('buyerName') === true;
      demand((buyer === undefined) === byName, 'one-buyer');
      bySecondPerson('the screening of a buyer', entry, []);
    },
    evolve: (asset, { buyer, link }, entry) => {
      const by = personBehind(entry);
      const screening = { id: entry.id, link, ...(buyer && { buyer }), ...(by !== undefined && { by }) };
      return leaving(asset, ({ screenings }) => ({ screenings: [...screenings, screening] }));
    },
    agreedTo: () => null,
  }),

  act('sell-asset', AssetSold, {
    admit: ({ screening: id }, { exit: before = noExit, destination }, entry) => {
      demand(forSale.has(destination?.purpose), 'sale-not-destined', { purpose: destination?.purpose ?? 'none' });
      const screening = named('screening of a buyer', before.screenings, id);
      const against = tie(before, screening);
      demand(against === undefined, 'buyer-linked', { link: against?.link ?? '', screening: against?.id ?? '' });
      bySecondPerson('the sale', entry, [screening.by]);
    },
    evolve: (asset, { screening, price }, { occurredOn }) => {
      const { buyer } = asset.exit?.screenings.find(({ id }) => id === screening) ?? {};
      const sold = leaving(asset, () => ({ sale: { ...price, ...(buyer && { buyer }) } }));
      return { ...sold, left: { as: 'sold', on: occurredOn } };
    },
    agreedTo: () => null,
  }),

  act('allocate-proceeds', ProceedsAllocated, {
    afterExit: true,
    admit: ({ amount: money }, { exit: before = noExit }) => {
      const { sale, proceeds } = before;
      demand(sale !== undefined, 'proceeds-without-sale');
      sameCurrency(money, sale.currency);
      const free = sale.minor - exactSum(proceeds.map(({ minor }) => minor));
      demand(money.minor <= free, 'proceeds-exceed-price', { amount: money.minor, free, currency: sale.currency });
    },
    evolve: (asset, { purpose, amount: money }, { id }) =>
      leaving(asset, ({ proceeds }) => ({ proceeds: [...proceeds, { id, purpose, ...money, paidOut: 0 }] })),
  }),

  act('record-destruction', AssetDestroyed, {
    admit: ({ cause }, { destination }) => {
      const { purpose = 'none' } = destination ?? {};
      demand(cause !== 'decided' || purpose === 'destruction', 'destruction-not-destined', { purpose });
    },
    evolve: (asset, _, { occurredOn }) => ({ ...asset, left: { as: 'destroyed', on: occurredOn } }),
  }),

  act('return-to-owner', AssetReturnedToOwner, {
    evolve: (asset, _, { occurredOn }) => ({ ...asset, left: { as: 'returned', on: occurredOn } }),
  }),

  act('compensate-victims', VictimsCompensated, {
    afterExit: true,
    admit: ({ amount: money, proceeds: id }, { exit: before = noExit, destination, left }) => {
      if (id === undefined) {
        const destined = left === undefined && destination?.purpose === 'victims-compensation';
        return demand(destined, 'compensation-not-destined', { purpose: destination?.purpose ?? 'none' });
      }
      const { purpose, minor, paidOut, currency } = named('part of the price', before.proceeds, id);
      demand(purpose === 'victims-compensation', 'compensation-not-destined', { purpose });
      sameCurrency(money, currency);
      const free = minor - paidOut;
      demand(money.minor <= free, 'compensation-exceeds-proceeds', { amount: money.minor, free, currency });
    },
    evolve: (asset, { proceeds: id, amount: { minor } }) =>
      leaving(asset, ({ proceeds }) => ({
        proceeds: proceeds.map((item) => (item.id === id ? { ...item, paidOut: item.paidOut + minor } : item)),
      })),
  }),
];
