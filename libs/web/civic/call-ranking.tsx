import { MomentInTime } from '../elements/dates';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import { MaybeDay, OrganisationLink, Section, StateMark } from './parts';
import type { CallView } from './views';

interface CallProps {
  readonly call: CallView;
}

/** Who applied, as far as it may be known: sealed applications by their number and digest, opened ones by name. */
export function CallApplications({ call, running }: CallProps & { readonly running: boolean }) {
  const { t } = useWords();
  const { applications, opening } = call.detail;
  if (applications.length === 0)
    return running ? null : (
      <Section id="applications" title={t('civic.calls.applications')}>
        <p>{t('civic.calls.noApplications')}</p>
      </Section>
    );
  return (
    <Section id="applications" title={t('civic.calls.applications')}>
      {opening ? (
        <p>
          <MaybeDay after={t('civic.calls.openedOn')} date={opening.on} />.{' '}
          {t('civic.calls.custodians', { who: opening.custodians })}
        </p>
      ) : (
        <p>{t('civic.calls.sealed')}</p>
      )}
      <ol class="applications">
        {applications.map(({ id, receivedAt, sha256, status, organisation, excluded }) => (
          <li key={id} id={`application-${id}`}>
            <p>
              {organisation === undefined ? (
                <span>{t('civic.calls.sealedApplication')}</span>
              ) : (
                <OrganisationLink id={organisation} name={call.names.get(organisation)} />
              )}{' '}
              <StateMark of="applicationState" state={status} />
            </p>
            {excluded && (
              <p class="text">
                <Original>{excluded.reason}</Original>
              </p>
            )}
            <p class="quiet">
              {t('civic.calls.receivedAt')} <MomentInTime instant={receivedAt} />. SHA-256: <code>{sha256}</code>
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The order of merit with the sums it follows from, and how anybody computes it again. */
export function Ranking({ call }: CallProps) {
  const words = useWords();
  const { t } = words;
  const { ranking, criteria, counted, awardedTo, applications, tieBreak, opening } = call.detail;
  if (!ranking || counted === undefined) return null;
  const by = new Map(applications.map(({ id, organisation }) => [id, organisation]));
  const recused = call.detail.evaluators.filter((each) => each.recused !== undefined);
  return (
    <Section id="ranking" title={t('civic.calls.ranking')}>
      <Scrolling label={t('civic.calls.ranking')}>
        <table>
          <caption class="hidden">{t('civic.calls.ranking')}</caption>
          <thead>
            <tr>
              <th scope="col" class="numeric">
                {t('civic.calls.rank')}
              </th>
              <th scope="col">{t('civic.calls.applicant')}</th>
              <th scope="col" class="numeric">
                {t('civic.calls.totalPoints')}
              </th>
              {criteria.map(({ code, words: said }) => (
                <th scope="col" class="numeric" key={code}>
                  <Original>{said}</Original>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ranking.map(({ application, points, weightedTotal }, place) => (
              <tr key={application} class={application === awardedTo ? 'chosen' : undefined}>
                <td class="numeric">{words.number(place + 1)}</td>
                <th scope="row">
                  <Applicant id={by.get(application)} names={call.names} application={application} />
                  {application === awardedTo && <strong class="winner">{t('civic.calls.awarded')}</strong>}
                </th>
                <td class="numeric">
                  <Fraction {...weightedTotal} />
                </td>
                {criteria.map(({ code }) => (
                  <td class="numeric" key={code}>
                    {words.number(points.find(({ criterion }) => criterion === code)?.sum ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <details class="recompute">
        <summary>{t('civic.calls.recompute')}</summary>
        <p>{t('civic.calls.recomputeSums', { count: counted })}</p>
        <p>
          <code>
            {criteria.map(({ code, weight, maximum }) => `${weight} × ${code} ÷ (${maximum} × ${counted})`).join(' + ')}
          </code>
        </p>
        <p>{t(tieBreak === 'draw' ? 'civic.calls.recomputeDraw' : 'civic.calls.recomputeEarliest')}</p>
        {tieBreak === 'draw' && opening && (
          <p>
            {t('civic.calls.seed')} <code>{opening.releasedKey}</code>
          </p>
        )}
        {recused.length > 0 && <p>{t('civic.calls.recused', { count: recused.length })}</p>}
      </details>
    </Section>
  );
}

interface ApplicantProps {
  readonly id: string | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly application: string;
}

const Applicant = ({ id, names, application }: ApplicantProps) =>
  id === undefined ? <code>{application}</code> : <OrganisationLink id={id} name={names.get(id)} />;

/** A total as a decimal, with the exact fraction it is. */
function Fraction({ numerator, denominator }: { readonly numerator: string; readonly denominator: string }) {
  const words = useWords();
  const value = Number(numerator) / Number(denominator);
  const decimal = words.number(Math.round(value * 1000) / 1000);
  if (denominator === '1') return <>{decimal}</>;
  return (
    <>
      {decimal}
      <span class="fraction">
        {' '}
        = {numerator}/{denominator}
      </span>
    </>
  );
}
