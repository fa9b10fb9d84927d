import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import {
  AgreementAmended, AgreementRenewed, AgreementResumed, AgreementSuspended, AgreementTerminated, AssetHandedOver, AssetReturnedByAssignee,
} from './assignment-events'; // prettier-ignore
import {
  agreementOf, assigned, charges, endedWith, lasts, noAgreement, noAssignment, notExpired, runningAgreement,
} from './assignment-book'; // prettier-ignore
import type { Agreement } from './assignment-book';
import { eligible, theOrganisation } from './eligibility';
import { endingOn, termOf } from './terms';
import { useEnded } from './use';

/** The life of an agreement after its signing: handing over, changes, renewals, rests, its end and the return (rule 5). */

const changed = (asset: AssetFacts, change: (agreement: Agreement) => Agreement): AssetFacts =>
  asset.agreement ? { ...asset, agreement: change(asset.agreement) } : asset;

export const life = [
  act('record-handover', AssetHandedOver, {
    admit: (_, asset) => {
      runningAgreement(asset);
      const { held } = asset.assignment ?? noAssignment;
      demand(held === undefined, 'already-handed-over', { name: held?.name ?? '', since: held?.on ?? null });
    },
    evolve: (asset, _, { occurredOn: on }) => {
      const { agreement } = asset;
      if (!agreement) return asset;
      const { organisation, name } = agreement;
      return assigned(asset, () => ({ held: { organisation, name, on } }));
    },
  }),

  act('amend-agreement', AgreementAmended, {
    admit: (data, asset) => {
      const { from, to } = agreementOf(asset);
      if (data.charge !== undefined || data.fee !== undefined) charges(data);
      if (data.to === undefined) return;
      demand(data.to < to, 'amendment-extends', { to });
      lasts(from, data.to);
    },
    evolve: (asset, { object, to }) =>
      changed(asset, (agreement) => ({
        ...agreement,
        ...(object !== undefined && { object }),
        ...(to !== undefined && { to, terms: endingOn(agreement.terms, to) }),
      })),
  }),

  act('renew-agreement', AgreementRenewed, {
    fixed: ['organisation', 'name'],
    consults: theOrganisation,
    admit: ({ organisation, name, from, to }, asset) => {
      notExpired(asset);
      const agreement = runningAgreement(asset);
      const same = agreement.organisation === organisation;
      demand(same, 'agreement-off-proposal', { name, proposed: agreement.name });
      demand(agreement.renewable, 'agreement-not-renewable');
      demand(from > agreement.to, 'renewal-too-early', { from, to: agreement.to });
      lasts(from, to);
    },
    judge: (data, _, surroundings) => eligible(data, surroundings),
    evolve: (asset, { from, to, name, act: said }, { id }) =>
      changed(asset, (agreement) => ({
        ...agreement,
        from,
        to,
        name,
        terms: [...agreement.terms, termOf(id, { act: said, from, to })],
      })),
  }),

  act('suspend-agreement', AgreementSuspended, {
    admit: (_, asset) => void runningAgreement(asset),
    evolve: (asset, _, { occurredOn: on }) => changed(asset, (agreement) => ({ ...agreement, suspended: { on } })),
  }),

  act('resume-agreement', AgreementResumed, {
    admit: (_, asset) => demand(agreementOf(asset).suspended !== undefined, 'agreement-not-suspended'),
    evolve: (asset) => changed(asset, ({ suspended: _, ...agreement }) => agreement),
  }),

  act('terminate-agreement', AgreementTerminated, {
    admit: ({ cause, reason }, asset, { occurredOn }) => {
      const { to } = agreementOf(asset);
      demand((cause === 'revoked') === (reason !== undefined), 'revocation-needs-reason');
      const over = occurredOn === null || occurredOn >= to;
      demand(cause !== 'expired' || over, 'not-expired-yet', { to, occurredOn });
    },
    evolve: (asset, { cause }, entry) => useEnded(endedWith(asset, cause, entry)),
  }),

  act('record-return', AssetReturnedByAssignee, {
    admit: (_, asset) => {
      noAgreement(asset);
      demand(asset.assignment?.held !== undefined, 'nothing-to-return');
    },
    evolve: (asset) => {
      if (!asset.assignment) return asset;
      const { held: _, ...assignment } = asset.assignment;
      return { ...asset, assignment };
    },
  }),
];
