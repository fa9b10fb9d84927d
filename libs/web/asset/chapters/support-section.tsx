import type { StatedNeed, StatedPledge, StatedScreening, SupportStatement } from '#domain';
import { Original } from '../../elements/original';
import { deliveredInWords, measureInWords, spanInWords } from '../../reports/support-words';
import { HelpLink } from '../../reports/help-link';
import { useWords } from '../../language/speaking';
import type { Words } from '../../language/words';
import { EntryDay } from './entry-link';
import type { PlaceOf } from './entry-link';

interface SupportProps {
  readonly asset: string;
  readonly statement: SupportStatement;
  readonly places: PlaceOf;
}

/** What the asset needs, who offered what, who looked into it, and what was given. */
export function SupportSection({ asset, statement: { needs, pledges }, places }: SupportProps) {
  const { t } = useWords();
  return (
    <section class="chapter" aria-labelledby="support">
      <h2 id="support">{t('reports.support.section')}</h2>
      {needs.length > 0 && (
        <>
          <h3>{t('reports.support.needs')}</h3>
          <ul class="offers">
            {needs.map((need) => (
              <Need key={need.id} need={need} asset={asset} places={places} />
            ))}
          </ul>
        </>
      )}
      {pledges.length > 0 && (
        <>
          <h3>{t('reports.support.offersFor')}</h3>
          <ul class="offers">
            {pledges.map((pledge) => (
              <Offer key={pledge.id} pledge={pledge} places={places} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Need({
  need,
  asset,
  places,
}: {
  readonly need: StatedNeed;
  readonly asset: string;
  readonly places: PlaceOf;
}) {
  const words = useWords();
  const { id, on, kind, title, details, measure, neededBy, status, delivered } = need;
  return (
    <li>
      <p class="card-head">
        <strong>
          <Original>{title}</Original>
        </strong>
        <span class={`tag tag-${status}`}>{words.code('supportStatus', status)}</span>
      </p>
      <p>
        {words.code('kind', kind)}: {givenInWords(kind, delivered, measure, words)}
        {neededBy !== null && `${words.comma}${words.t('reports.support.by', { day: words.day(neededBy) })}`}
      </p>
      {details !== null && (
        <p>
          <Original>{details}</Original>
        </p>
      )}
      {status === 'open' && (
        <p>
          <HelpLink asset={asset} need={id} title={title} />
        </p>
      )}
      <p class="quiet">
        <EntryDay entry={id} on={on} places={places} />
      </p>
    </li>
  );
}

function Offer({ pledge, places }: { readonly pledge: StatedPledge; readonly places: PlaceOf }) {
  const words = useWords();
  const { t } = words;
  const { id, on, supporter, kind, measure, from, until, conditions, status, delivered, declined } = pledge;
  const span = spanInWords(from, until, words);
  return (
    <li>
      <p class="card-head">
        <strong>
          <Original>{supporter.name}</Original>
        </strong>
        <span class={`tag tag-${status}`}>{words.code('supportStatus', status)}</span>
      </p>
      <p>
        {words.code('kind', kind)}: {givenInWords(kind, delivered, measure, words)}
        {span !== undefined && words.comma + span}
        {declined && ` (${words.code('reason', declined.reason)})`}
      </p>
      {conditions !== null && (
        <p>
          <Original>{conditions}</Original>
        </p>
      )}
      <p class="quiet">{screeningInWords(pledge.screening, words)}</p>
      {pledge.conflictWaived && <p class="quiet">{t('reports.support.waived')}</p>}
      <p class="quiet">
        <EntryDay entry={id} on={on} places={places} />
      </p>
    </li>
  );
}

function givenInWords(kind: string, delivered: bigint, measure: StatedNeed['measure'], words: Words): string {
  const whole = measureInWords(kind, measure, words);
  if (delivered === 0n) return whole;
  return words.t('reports.support.ofWhole', { part: deliveredInWords(kind, delivered, measure.unit, words), whole });
}

function screeningInWords(screening: StatedScreening | null, { comma, t }: Words): string {
  if (!screening) return t('reports.support.notScreened');
  const found = [
    screening.tiesToFormerOwner && t('reports.support.ties'),
    screening.conflictOfInterest && t('reports.support.interest'),
    !screening.beneficialOwnersDeclared && t('reports.support.owners'),
  ].filter((each) => each !== false);
  const outcome = t(screening.passed ? 'reports.support.screenedPassed' : 'reports.support.screenedFailed');
  return found.length === 0 ? outcome : `${outcome} (${found.join(comma)})`;
}
