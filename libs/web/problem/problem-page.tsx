import type { LegalDate } from '#domain';
import { addressOf } from '../addresses';
import { DayLinks } from '../elements/known-on';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';

/** Why there is no page. */
export type ProblemKind = 'bad-address' | 'not-found' | 'failure' | 'preparing' | 'too-many' | 'day-not-kept';

export interface KnownAsked {
  readonly day: LegalDate;
  readonly kept: readonly LegalDate[];
  readonly at: string;
}

interface ProblemPageProps {
  readonly kind: ProblemKind;
  /** The parameters of the address that are wrong. */
  readonly parameters?: readonly string[];
  /** Of a day of knowledge that is not kept: which, which others are, and the address that was asked for, without it. */
  readonly known?: KnownAsked;
  readonly origin: string;
}

/** A page in place of the one that was asked for: what happened, and where to go from here. */
export function ProblemPage({ kind, parameters = [], known, origin }: ProblemPageProps) {
  const { t, language } = useWords();
  return (
    <Page title={t(`problem.${kind}.title`)} origin={origin} indexed={false}>
      <div class="wide problem">
        <h1>{t(`problem.${kind}.title`)}</h1>
        <p class="lead">{t(`problem.${kind}.text`)}</p>
        {parameters.length > 0 && (
          <ul>
            {parameters.map((name) => (
              <li key={name}>{t('problem.parameter', { name })}</li>
            ))}
          </ul>
        )}
        {known && <OtherDays {...known} />}
        <ul class="onward">
          <li>
            <a href={addressOf(language, { page: 'register' })}>{t('problem.toRegister')}</a>
          </li>
          <li>
            <a href={addressOf(language, { page: 'home' })}>{t('problem.toHome')}</a>
          </li>
        </ul>
      </div>
    </Page>
  );
}

/** Of which days the page can be had instead, and how the authority makes another. */
function OtherDays({ day, kept, at }: KnownAsked) {
  const { t, language } = useWords();
  return (
    <>
      {kept.length === 0 ? (
        <p>{t('known.none')}</p>
      ) : (
        <>
          <p>{t('known.keptDays')}</p>
          <p class="known-days">
            <DayLinks days={kept} at={at} />
          </p>
        </>
      )}
      <p>{t('known.make')}</p>
      <pre class="command">npm run auditor -- known-at {day}</pre>
      <ul class="onward">
        <li>
          <a href={at} data-now>
            {t('known.toNow')}
          </a>
        </li>
        <li>
          <a href={addressOf(language, { page: 'register', query: { knownAt: day } })}>
            {t('known.register', { day })}
          </a>
        </li>
      </ul>
    </>
  );
}
