import { movedSince, notRecorded, returnItem, returnSections } from '#domain';
import type { NotRecordedCode } from '#domain';
import { addressOf } from '../addresses';
import { Day } from '../elements/dates';
import { useWords } from '../language/speaking';
import { Page } from '../layout/page';
import { ReportNav } from '../reports/frame';
import { PublishedOn } from './published-on';
import { returnData } from './annual-returns-page';
import { withNewer, withUndated } from './rows';
import { Section, Sources } from './section';
import type { AnnualReturnView, PublishedReturn, ReturnUnderWay } from './view';

/** The return of one year: as it was published where it was, else as it is known today. */
export function AnnualReturnPage({ view, origin }: { readonly view: AnnualReturnView; readonly origin: string }) {
  const { t, language } = useWords();
  const { year, now, published, underWay, undated, today, position } = view;
  const shown = published?.figures ?? now;
  const figures = withUndated(published ? withNewer(published.figures, now) : now.figures, undated);
  const moved = published ? movedSince(published.figures, now) : undefined;
  const title = t('annualReturn.titleOf', { year });
  return (
    <Page
      title={title}
      here={{ page: 'annual-return', year }}
      origin={origin}
      position={position}
      data={returnData(year)}
    >
      <div class="wide report annual-return">
        <ReportNav page="annual-return" />
        <h1>{title}</h1>
        <p class="lead">{t('annualReturn.lead')}</p>
        {underWay && <UnderWay of={underWay} year={year} again={published !== undefined} />}
        {published ? (
          <Frozen published={published} year={year} moved={moved?.size ?? 0} />
        ) : underWay ? null : (
          <p class="flags-note">{t(today.startsWith(year) ? 'annualReturn.runningNote' : 'annualReturn.openNote')}</p>
        )}
        <p class="quiet">{t('annualReturn.caveat')}</p>
        {returnSections.map((section) =>
          section === 'elsewhere' ? (
            <NotRecorded key={section} />
          ) : (
            <Section
              key={section}
              section={section}
              view={view}
              figures={figures.filter(({ item }) => returnItem(item).section === section)}
              moved={moved}
            />
          ),
        )}
        {shown.undated > 0 && <p class="quiet">{t('annualReturn.undated', { count: shown.undated })}</p>}
        <p>
          <a href={addressOf(language, { page: 'annual-return' })}>{t('annualReturn.allYears')}</a>
        </p>
      </div>
    </Page>
  );
} // prettier-ignore

interface UnderWayProps {
  readonly of: ReturnUnderWay;
  readonly year: string;
  /** The return of the year was published before. */
  readonly again: boolean;
}

/** That figures are counted, or counted and not published: what the page shows below is not them. */
function UnderWay({ of: { stage, on, reason }, year, again }: UnderWayProps) {
  const { t } = useWords();
  return (
    <div class="flags-note" role="note">
      <p>
        <strong>{t(`annualReturn.underWay.${stage}`, { year })}</strong>{' '}
        {on !== null && (
          <>
            <Day after={t('annualReturn.underWay.since')} date={on} />.{' '}
          </>
        )}
        {t(again ? 'annualReturn.underWay.publishedBelow' : 'annualReturn.underWay.todayBelow')}
      </p>
      {reason !== undefined && <p>{t('annualReturn.underWay.reason', { reason })}</p>}
    </div>
  );
}

interface FrozenProps {
  readonly published: PublishedReturn;
  readonly year: string;
  readonly moved: number;
}

/** When the return was published, by which hash its figures are known again, and how anybody verifies it. */
function Frozen({ published, year, moved }: FrozenProps) {
  const { t } = useWords();
  const { publishedOn, digest, position, reason, earlier } = published;
  return (
    <section aria-labelledby="frozen" class="return-frozen">
      <h2 id="frozen">{t('annualReturn.frozen')}</h2>
      <p>
        <PublishedOn date={publishedOn} />. {t('annualReturn.frozenText', { position })}{' '}
        {moved === 0 ? t('annualReturn.unmoved') : t('annualReturn.moved', { count: moved })}
      </p>
      {reason !== undefined && <p>{t('annualReturn.revised', { reason })}</p>}
      <dl class="facts">
        <div>
          <dt>SHA-256</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </div>
      </dl>
      {earlier.length > 0 && (
        <details>
          <summary>{t('annualReturn.earlier')}</summary>
          <ul>
            {earlier.map((each) => (
              <li key={each.digest}>
                {each.publishedOn === null ? t('reports.noDate') : <Day date={each.publishedOn} />}:{' '}
                <code>{each.digest}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{t('annualReturn.verify')}</summary>
        <p>{t('annualReturn.verifyText')}</p>
        <pre class="command">npm run auditor -- return verify {year}</pre>
      </details>
    </section>
  );
}

/** What is asked for and no registry of this kind can know: said, and never shown as zero. */
function NotRecorded() {
  const { t } = useWords();
  const codes = Object.keys(notRecorded) as NotRecordedCode[];
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('annualReturn.section.elsewhere')}</h2>
      <p>{t('annualReturn.elsewhereText')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            {t(`annualReturn.elsewhere.${code}`)}: <strong>{t('annualReturn.notRecorded')}</strong>
          </li>
        ))}
      </ul>
      <Sources of={[...new Set(codes.flatMap((code) => [...notRecorded[code].answers]))]} />
    </section>
  );
}
