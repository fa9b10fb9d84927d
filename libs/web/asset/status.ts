import type { Asset } from '#domain';
import type en from '../i18n/en.json';
import type { Words } from '../language/words';

type Status = keyof (typeof en)['status'];

/** Where an asset stands, in one plain sentence. */
export function statusSentence(asset: Asset, words: Words): string {
  const { phaseSince: since, destination, transfer, agreement } = asset;
  const recipient = agreement?.name ?? transfer?.to ?? destination?.recipient ?? '';
  const values = { recipient, purpose: words.code('purpose', destination?.purpose ?? (agreement ? 'social' : '')) };
  const status = statusOf(asset);
  return since === null
    ? words.t(`status.${status}.undated`, values)
    : words.t(`status.${status}.on`, { ...values, since: words.day(since) });
}

function statusOf({ phase, orders, destination }: Asset): Status {
  if (phase === 'confiscated-first' && orders.at(-1)?.instance === 'not-stated') return 'confiscated-not-stated';
  return phase === 'destined' && destination?.recipient ? 'destinedTo' : phase;
}
