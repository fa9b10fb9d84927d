import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import { InLanguage } from '../elements/in-language';
import { Scrolling } from '../elements/scrolling';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** A type of problem document (RFC 9457), as its page explains it. */
export interface ProblemType {
  readonly code: string;
  readonly status: number;
  /** In English; shown where the language has no text of its own yet. */
  readonly title: string;
  readonly message?: string;
  /** Number of the rule it states, in the law of the domain. */
  readonly rule?: number;
  /** The legal or business source of the rule; absent for problems of the request itself. */
  readonly source?: string;
}

/** Says in the page's own language that the explanations are in another. */
function StandInNotice() {
  const words = useWords();
  if (words.languageOf('problemType') === words.language) return null;
  return <p class="notice">{words.t('problems.inEnglish')}</p>;
}

/** What one type means, and what to do: the page its `type` leads to. */
export function ProblemTypePage({ type, origin }: { readonly type: ProblemType; readonly origin: string }) {
  const words = useWords();
  const { t, language } = words;
  const title = titleOf(type, words);
  const spoken = words.languageOf('problemType');
  const text = words.problemText(type.code, 'text');
  const remedy = words.problemText(type.code, 'remedy');
  return (
    <Page title={title} here={{ page: 'problems', code: type.code }} origin={origin}>
      <div class="wide problem">
        <h1>
          <InLanguage language={spoken}>{title}</InLanguage>
        </h1>
        <StandInNotice />
        <dl class="facts">
          <Fact name={t('problems.code')}>
            <code>{`/problems/${type.code}`}</code>
          </Fact>
          <Fact name={t('problems.status')}>{String(type.status)}</Fact>
          {type.rule !== undefined && (
            <Fact name={t('problems.rule')}>{t('problems.ruleNumber', { rule: type.rule })}</Fact>
          )}
          {type.source !== undefined && (
            <Fact name={t('problems.source')}>
              <InLanguage language="en">{type.source}</InLanguage>
            </Fact>
          )}
        </dl>
        <h2>{t('problems.happened')}</h2>
        <p>
          {text === undefined ? (
            <InLanguage language="en">{type.message ?? type.title}</InLanguage>
          ) : (
            <InLanguage language={spoken}>{text}</InLanguage>
          )}
        </p>
        {remedy !== undefined && (
          <>
            <h2>{t('problems.remedy')}</h2>
            <p>
              <InLanguage language={spoken}>{remedy}</InLanguage>
            </p>
          </>
        )}
        <ul class="onward">
          <li>
            <a href={addressOf(language, { page: 'problems' })}>{t('problems.all')}</a>
          </li>
        </ul>
      </div>
    </Page>
  );
}

/** All types: those of requests, and those that state a rule. */
export function ProblemTypesPage({
  types,
  origin,
}: {
  readonly types: readonly ProblemType[];
  readonly origin: string;
}) {
  const { t } = useWords();
  const ofRules = (type: ProblemType): boolean => type.source !== undefined;
  return (
    <Page title={t('problems.title')} here={{ page: 'problems' }} origin={origin}>
      <div class="wide problem">
        <h1>{t('problems.title')}</h1>
        <p class="lead">{t('problems.lead')}</p>
        <StandInNotice />
        <Types heading={t('problems.ofRequests')} types={types.filter((type) => !ofRules(type))} />
        <Types heading={t('problems.ofRules')} types={types.filter(ofRules)} />
      </div>
    </Page>
  );
}

function Types({ heading, types }: { readonly heading: string; readonly types: readonly ProblemType[] }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section>
      <h2>{heading}</h2>
      <Scrolling label={heading}>
        <table>
          <caption class="hidden">{heading}</caption>
          <thead>
            <tr>
              <th scope="col">{t('problems.meaning')}</th>
              <th scope="col">{t('problems.code')}</th>
              <th scope="col" class="numeric">
                {t('problems.status')}
              </th>
            </tr>
          </thead>
          <tbody>
            {types.map((type) => (
              <tr key={type.code}>
                <th scope="row">
                  <a href={addressOf(language, { page: 'problems', code: type.code })}>
                    <InLanguage language={words.languageOf('problemType')}>{titleOf(type, words)}</InLanguage>
                  </a>
                </th>
                <td>
                  <code>{type.code}</code>
                </td>
                <td class="numeric">{String(type.status)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

const titleOf = (type: ProblemType, words: Words): string => words.problemText(type.code, 'title') ?? type.title;

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
