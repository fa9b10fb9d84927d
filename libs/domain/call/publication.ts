import { Type } from '@sinclair/typebox';
import { bySecondPerson } from '../asset/four-eyes';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { idOf, line, oneOf, optional, publicField, record, text } from '../schema/fields';
import { instantWithOffset, isBefore } from '../schema/instant';
import { actsOf } from '../stream/act';
import type { StreamName, Surroundings } from '../surroundings';
import { requireConfirmedKey } from './keys';
import { standsAt, tieBreaks } from './call';
import type { Call } from './call';

/** A call is drafted, published by a second person, and explained in public until its deadline. */

const ITALIAN_CODE = 'Legislative decree 159/2011 art. 48(3)(c)';

/** A short code, such as `social-impact`. */
export const code = () => Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', examples: ['social-impact'] });

const criterion = () =>
  record({
    code: code(),
    words: text(1000),
    maximum: Type.Integer({ minimum: 1, maximum: 100, description: 'The most points an evaluator can give.' }),
    weight: Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: 'How much it counts beside the others: what full points on it add to the total.',
    }),
  });

const sealing = () =>
  record({
    scheme: code(),
    publicKey: Type.String({
      pattern: '^[A-Za-z0-9_-]{22,8192}$',
      description: 'The public key, base64url without padding.',
      examples: ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'],
    }),
  });

export const CallDrafted = defineEvent('CallDrafted', {
  description:
    'A call for organisations to apply for assets was drafted. Nobody can apply before a second person publishes it.',
  source: `${ITALIAN_CODE}; law 241/1990 art. 12; legislative decree 117/2017 art. 55`,
  data: record({
    assets: publicField(
      Type.Array(idOf('asset'), { minItems: 1, maxItems: 100, uniqueItems: true }),
      'The assets to be assigned.',
    ),
    object: publicField(line(500), 'What the call is for, in one line.'),
    summary: publicField(text(), 'What it is about in plain language, for somebody who has never read a call.'),
    criteria: publicField(
      Type.Array(criterion(), { minItems: 1, maxItems: 20 }),
      'What applications are judged by. Fixed from the publication on.',
    ),
    tieBreak: publicField(oneOf(tieBreaks), 'How applications with the same total are put in order.'),
    deadline: publicField(instantWithOffset(), 'From this instant on no application is taken.'),
    repeats: optional(publicField(idOf('call'), 'The earlier call for the same asset that this one repeats.')),
    sealing: optional(
      publicField(
        sealing(),
        'How applications are sealed, where they are not sealed to a key that is dealt for this call.',
      ),
    ),
  }),
});

export const CallPublished = defineEvent('CallPublished', {
  description: 'A second person published the call. From now on its criteria are fixed and organisations can apply.',
  source: `${ITALIAN_CODE}; law 241/1990 art. 12(1); Social Reuse Registry, rule 6`,
  data: record({
    notice: optional(publicField(line(500), 'Where the authority published it.')),
  }),
});

export const CallClarified = defineEvent('CallClarified', {
  description: 'A question on the call was answered in public, for everybody alike.',
  source: 'Law 241/1990 artt. 1, 12',
  data: record({
    question: publicField(text(), 'The question, without personal data.'),
    answer: publicField(text(), 'The answer, without personal data.'),
  }),
});

/** Refused from the deadline on, by the clock of the server. */
export function beforeDeadline({ deadline }: Call, now: string): void {
  demand(isBefore(now, deadline), 'call-deadline-passed', { deadline, now });
}

const streamsOf = ({ assets, repeats }: DataOf<typeof CallDrafted>): readonly StreamName[] => [
  ...assets.map((id): StreamName => `asset-${id}`),
  ...(repeats === undefined ? [] : [`call-${repeats}` as const]),
];

/** A repeated call has ended and was for one of the same assets, so that calls of an asset are a chain without loops. */
function continues(repeats: string, assets: readonly string[], surroundings: Surroundings): void {
  const earlier = surroundings.find('call', repeats);
  demand(earlier !== undefined, 'no-such-call', { call: repeats });
  const ended = ['awarded', 'deserted', 'cancelled'].includes(earlier.status);
  const common = earlier.assets.some((asset) => assets.includes(asset));
  demand(ended && common, 'call-not-repeated', { call: repeats, status: earlier.status, common });
}

const { act, opening } = actsOf<Call>();

export const publication = [
  opening('draft-call', CallDrafted, {
    consults: streamsOf,
    admit: ({ criteria }) => {
      const repeated = criteria.find(({ code: own }, place) => criteria.findIndex((each) => each.code === own) < place);
      demand(repeated === undefined, 'criterion-repeated', { criterion: repeated?.code ?? null });
    },
    judge: ({ assets, repeats }, surroundings) => {
      for (const asset of assets) {
        const found = surroundings.find('asset', asset);
        demand(found !== undefined && found.left === undefined, 'asset-not-callable', { asset });
      }
      if (repeats !== undefined) continues(repeats, assets, surroundings);
    },
    evolve: ({ assets, object, criteria, tieBreak, deadline, repeats, sealing: seal }, { id, recordedBy }) => ({
      status: 'draft',
      assets,
      object,
      criteria,
      tieBreak,
      deadline,
      draft: id,
      ...(seal !== undefined && { sealing: seal }),
      ...(repeats !== undefined && { repeats }),
      ...(recordedBy && { draftedBy: recordedBy }),
      applications: [],
      evaluators: [],
      scores: [],
    }),
  }),

  act('publish-call', CallPublished, {
    admit: (_, call, entry) => {
      standsAt(call, 'draft');
      bySecondPerson('the publication of a call', entry, [call.draftedBy?.subject]);
      requireConfirmedKey(call);
    },
    judge: (_, call, { now }) => beforeDeadline(call, now),
    evolve: (call, _, { occurredOn }) => ({ ...call, status: 'published', publishedOn: occurredOn }),
  }),

  act('clarify-call', CallClarified, {
    admit: (_, call) => standsAt(call, 'published'),
    judge: (_, call, { now }) => beforeDeadline(call, now),
  }),
];
