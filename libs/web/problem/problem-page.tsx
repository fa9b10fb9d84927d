import { addressOf } from '../addresses';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';

/** Why there is no page. */
export type ProblemKind = 'bad-address' | 'not-found' | 'failure' | 'preparing' | 'too-many';

interface ProblemPageProps {
  readonly kind: ProblemKind;
  /** The parameters of the address that are wrong. */
  readonly parameters?: readonly string[];
  readonly origin: string;
}

/** A page in place of the one that was asked for: what happened, and where to go from here. */
export function ProblemPage({ kind, parameters = [], origin }: ProblemPageProps) {
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
