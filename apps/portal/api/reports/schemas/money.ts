import { Type } from '@sinclair/typebox';
import { fundSources, ledgerAccounts } from '#domain';
import { code, count, day, money, nullable, position, provenance, text } from '../../schema-parts';
import { asOf, asset, divided, entry, exact, list, minor, moment, occurredOn } from './common';

/** The shapes of what is answered on public money. */

const standing = Type.Object(
  {
    available: minor('Allocated and not committed.'),
    committed: minor('Committed and not approved for payment.'),
    approved: minor('Approved and not paid.'),
    paid: minor('Paid, reversals taken off.'),
  },
  { description: "The asset's account in this currency after the movement; together they are what is allocated." },
);

export const movementSchema = Type.Object(
  {
    ...asset,
    number: count('Place among the movements of the asset.'),
    entry,
    type: text('Type of the entry.'),
    occurredOn,
    provenance,
    source: nullable(code(fundSources, 'Whose money it is.')),
    programme: nullable(text()),
    projectCode: nullable(text('Such as the Italian CUP.')),
    supplier: nullable(text()),
    allocation: nullable(text('The entry that allocated the money.')),
    commitment: nullable(text('The entry that committed it.')),
    from: code(ledgerAccounts, 'The account it left.'),
    to: code(ledgerAccounts, 'The account it went to.'),
    amount: money,
    after: standing,
  },
  { description: 'A movement of public money.' },
);

export const moneyTotalSchema = Type.Object(
  {
    ...divided,
    currency: text('ISO 4217 code.'),
    movements: count('How many movements.'),
    allocated: exact('Set aside, reductions taken off.'),
    committed: exact('Committed to suppliers, reductions taken off.'),
    approved: exact('Approved for payment, reversals taken off.'),
    paid: exact('Paid, reversals taken off.'),
  },
  {
    description:
      'What movements add up to in one currency. Of a year it may be negative, where money of earlier years came back.',
  },
);

export const moneyPageSchema = Type.Object(
  {
    asOf,
    movements: list('MoneyMovement'),
    totals: list('MoneyTotal'),
    position,
  },
  {
    description:
      'Movements, the latest first, and what all that the filter finds add up to; neighbours are in the Link header.',
  },
);

const stages = {
  committed: minor('Committed.'),
  approved: minor('Approved for payment.'),
  paid: minor('Paid.'),
};

export const assetMoneySchema = Type.Object(
  {
    id: text('Registry id.'),
    ...moment,
    statements: Type.Array(
      Type.Object({
        currency: text(),
        balances: Type.Object(
          Object.fromEntries(ledgerAccounts.map((account) => [account, minor(`Balance of "${account}".`)])),
          { description: 'By double entry; the five sum to zero.' },
        ),
      }),
    ),
    allocations: Type.Array(
      Type.Object({
        id: text('The entry that recorded it.'),
        on: occurredOn,
        source: text(),
        programme: nullable(text()),
        projectCode: nullable(text()),
        currency: text(),
        allocated: minor('Set aside, reductions taken off.'),
        ...stages,
        commitments: Type.Array(
          Type.Object({
            id: text('The entry that recorded it.'),
            on: occurredOn,
            supplier: Type.Unsafe({ type: 'object', additionalProperties: true, required: ['name'] }),
            procedure: text(),
            contract: text(),
            subject: nullable(text()),
            ...stages,
          }),
        ),
      }),
    ),
    works: Type.Array(
      Type.Object({
        id: text('The entry that recorded it.'),
        title: text(),
        commitment: nullable(text()),
        startedOn: nullable(day()),
        completed: Type.Optional(Type.Object({ on: nullable(day()) })),
      }),
    ),
    movements: list('MoneyMovement'),
    position,
  },
  { description: "An asset's public money at a moment." },
);
