import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** How an asset leaves the system, what it brought, and the documents of its dossier. */
export const exit = {
  'sale-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48(5)`,
    message:
      'The destination in force ({purpose}) is not a sale or a liquidation. Record that destination first; before the confiscation is final it needs the authorisation.',
  },
  'one-buyer': {
    rule: 10,
    source: 'Social Reuse Registry, rule 10',
    message: 'Name one buyer: a legal person in the public field, or a natural person in the personal one.',
  },
  'buyer-linked': {
    rule: 10,
    source: `${ITALIAN_CODE} art. 48(5)`,
    message:
      'The screening {screening} found that the buyer is tied to the former owner ({link}). A sale to them is refused. If the finding is wrong, have that screening annulled first.',
  },
  'proceeds-without-sale': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message: 'The asset was not sold, so there is no price to give a purpose. Record the sale first.',
  },
  'proceeds-exceed-price': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of the price have no purpose yet, less than {amount} (minor units, {currency}). Allocate no more than the price.',
  },
  'destruction-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48(12)`,
    message:
      'The destination in force ({purpose}) is not destruction. Record that destination first, or another cause.',
  },
  'compensation-not-destined': {
    rule: null,
    source: 'Directive (EU) 2024/1260 art. 18',
    message:
      'What is to be used here serves another purpose ({purpose}). Name a part of the price set aside for victims, or have the asset destined to them first.',
  },
  'compensation-exceeds-proceeds': {
    rule: 7,
    source: 'Social Reuse Registry, rule 7',
    message:
      'Only {free} of what was set aside for victims are left, less than {amount} (minor units, {currency}). Set more of the price aside first.',
  },
  'document-already-attached': {
    rule: null,
    source: 'Social Reuse Registry, documents',
    message: 'This very file is already in the dossier as "{title}".',
  },
} as const satisfies Record<string, Ground>;
