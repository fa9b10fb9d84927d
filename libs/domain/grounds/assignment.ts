import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** Proposals and agreements with those who reuse an asset. */
export const assignment = {
  'call-or-direct': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c), (c-bis)`,
    message: 'An assignment follows a call or a provision that allows it without one. Name exactly one of the two.',
  },
  'no-such-organisation': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'There is no organisation {organisation} in the registry. Register it first, or check the id.',
  },
  'organisation-named-otherwise': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'The registry knows this organisation as {registered}, not as {name}. Use its name, or have its description brought up to date.',
  },
  'organisation-not-verified': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: '{name} is not verified, or has changed since. Have a second person verify it first.',
  },
  'organisation-suspended': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: '{name} is suspended since {suspendedOn} and is given nothing meanwhile. Wait for its reinstatement.',
  },
  'proposal-off-award': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message:
      'The call {call} is {status} and was won by {winner}. A proposal that names a call is for an asset of that call, here {asset}, and for the organisation the call was awarded to.',
  },
  'proposal-decided': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message: 'The proposal is {status}: it was decided already. For another decision record another proposal.',
  },
  'proposal-not-approved': {
    rule: 5,
    source: 'Social Reuse Registry, rules 5 and 6',
    message:
      'An agreement carries out an approved proposal; this one is {status}. Have a second person approve it first, or record another proposal.',
  },
  'agreement-off-proposal': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is with {proposed}, not with {name}. Name the organisation it is with.',
  },
  'agreement-needs-transfer': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c), (c-bis)`,
    message:
      'An agreement rests on a destination and a transfer; a direct assignment on a final confiscation with no destination decided. Record what is missing first.',
  },
  'one-agreement-at-a-time': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'An agreement with {name}, signed on {signedOn}, is in force. Record its end first.',
  },
  'blocking-problems': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'Problems stand in the way of reuse: {problems}. Resolve them, or have a second person waive them with a reason.',
  },
  'agreement-period': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The last day {to} does not come after the first day {from}. Check both.',
  },
  'free-or-fee': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: 'The asset is given free of charge, or for a fee whose amount is stated. Say one of the two.',
  },
  'no-agreement': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'No agreement is in force on that day. Record its signing first.',
  },
  'already-handed-over': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: '{name} has the asset in hand since {since}. If another one gets it, record the return first.',
  },
  'nothing-to-return': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'No organisation has the asset in hand on that day, so there is nothing to return. Record the handing over first.',
  },
  'renewal-after-expiry': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'That the agreement with {name} ended on {endedOn} is recorded already: its last day had passed and no renewal was there. If it was renewed in time, annul that entry ({entry}) first, then record the renewal with the day on which it was agreed. If it was not, propose a new assignment.',
  },
  'agreement-not-renewable': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement may not be renewed. Propose a new assignment instead.',
  },
  'renewal-too-early': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The renewal begins on {from}; the period that runs lasts until {to}. A renewal begins after it.',
  },
  'amendment-extends': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement lasts until {to}; an amendment cannot make it longer. Record a renewal instead.',
  },
  'agreement-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is suspended since {suspendedOn}. Resume it first.',
  },
  'agreement-not-suspended': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message: 'The agreement is not suspended, so there is nothing to resume.',
  },
  'revocation-needs-reason': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message: 'A revocation states its reason; an expiry or a renunciation has none. Add the reason, or take it away.',
  },
  'not-expired-yet': {
    rule: 5,
    source: 'Social Reuse Registry, rule 5',
    message:
      'The agreement lasts until {to}; on {occurredOn} it had not expired. Check the date, or record a revocation or renunciation.',
  },
} as const satisfies Record<string, Ground>;
