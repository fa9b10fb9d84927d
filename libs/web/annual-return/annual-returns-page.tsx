import { addressOf, dataAddress } from '../addresses';
import type { PageData } from '../elements/data-box';
import { useWords } from '../language/speaking';
import { Page } from '../layout/page';
import { ReportNav } from '../reports/frame';
import { PublishedOn } from './published-on';
import type { AnnualReturnsView, ReturnYear } from './view';

/** The years of which the registry says a return, the latest first, and which of them are published. */
export function AnnualReturnsPage({ view, origin }: { readonly view: AnnualReturnsView; readonly origin: string }) {
  const { t } = useWords();
  const { years, position, today } = view;
  return (
    <Page
      title={t('annualReturn.title')}
      here={{ page: 'annual-return' }}
      origin={origin}
      position={position}
      data={returnData()}
    >
      <div class="wide report annual-return">
        <ReportNav page="annual-return" />
        <h1>{t('annualReturn.title')}</h1>
        <p class="lead">{t('annualReturn.lead')}</p>
        <p class="flags-note">{t('annualReturn.caveat')}</p>
        <section aria-labelledby="years">
          <h2 id="years">{t('annualReturn.years')}</h2>
          {years.length === 0 ? (
            <div class="empty">
              <p>{t('reports.empty')}</p>
            </div>
          ) : (
            <ul class="return-years">
              {years.map((each) => (
                <Year key={each.year} of={each} running={today.startsWith(each.year)} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </Page>
  );
}

interface YearProps {
  readonly of: ReturnYear;
  readonly running: boolean;
}

function Year({ of: { year, publishedOn, underWay }, running }: YearProps) {
  const { t, language } = useWords();
  return (
    <li>
      <a href={addressOf(language, { page: 'annual-return', year })}>{year}</a>
      <span class="beside">
        {publishedOn !== undefined ? (
          <>
            <PublishedOn date={publishedOn} />
          </>
        ) : (
          !underWay && t(running ? 'annualReturn.running' : 'annualReturn.notPublished')
        )}
        {underWay && (
          <>
            {publishedOn !== undefined && <br />}
            {t(`annualReturn.underWay.${publishedOn === undefined ? 'short' : 'again'}.${underWay.stage}`)}
          </>
        )}
      </span>
    </li>
  );
}

/** The figures as files: of one year, or of all. */
export function returnData(year?: string): PageData {
  const query = year === undefined ? {} : { year };
  const json = year === undefined ? dataAddress.annualReturns({}, 'json') : dataAddress.annualReturn(year);
  return {
    files: [
      { href: dataAddress.annualReturns(query, 'csv'), form: 'csv' },
      { href: dataAddress.annualReturns(query, 'xlsx'), form: 'xlsx' },
      { href: json, form: 'json' },
    ],
    subject: { about: 'report', id: 'annual-return' },
  };
}
