import { useWords } from '../language/speaking';
import type { AssetView } from './dossier';
import { sentenceOf } from './sentence';

/** What is different today from the moment the page is about: the phase, and the entries that do not count there. */
export function Differences({ view: { dossier, present } }: { readonly view: AssetView }) {
  const words = useWords();
  const { t } = words;
  if (!present) return null;
  const then = dossier.asset?.phase;
  const now = present.asset?.phase;
  const counted = new Set(dossier.inForce.map(({ id }) => id));
  const known = new Set(dossier.entries.map(({ id }) => id));
  const inForceToday = new Set(present.inForce.map(({ id }) => id));
  const changing = new Set(['EntryCorrected', 'EntryAnnulled']);
  const later = present.entries.filter(({ id, type }) =>
    changing.has(type) ? !known.has(id) : inForceToday.has(id) && !counted.has(id),
  );
  return (
    <>
      {then !== undefined && now !== undefined && (
        <p>
          {then === now
            ? t('moment.phaseSame', { phase: words.code('phase', now) })
            : t('moment.phaseThen', { before: words.code('phase', then), now: words.code('phase', now) })}
        </p>
      )}
      {later.length === 0 ? (
        <p>{t('moment.none')}</p>
      ) : (
        <details>
          <summary>{t('moment.later', { count: later.length })}</summary>
          <ul class="later">
            {later.map(({ id, type, data, occurredOn }) => (
              <li key={id}>
                <span class="quiet">{occurredOn === null ? t('entry.dateNotStated') : words.day(occurredOn)}:</span>{' '}
                {sentenceOf(type, data, words)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
