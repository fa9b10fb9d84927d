import { useContext } from 'preact/hooks';
import { addressOf, dataAddress, feedAddress } from '../addresses';
import type { TableFormat } from '../addresses';
import { readIn } from '../elements/data-box';
import { DayLinks } from '../elements/known-on';
import { Page } from '../layout/page';
import { SourceCode } from '../elements/source-code';
import { PlaceOfPage } from '../layout/place';
import { officeLanguageOf } from '../language/languages';
import { useWords } from '../language/speaking';

export type PublishedName = 'assets' | 'money' | 'support' | 'use' | 'assigned' | 'municipalities' | 'waiting' | 'waiting-curve' | 'flags' | 'calls' | 'organisations' | 'dialogues' | 'dialogue-answers' | 'groups' | 'indicators' | 'annual-returns'; // prettier-ignore

export interface DataView {
  /** Every table that is published, with where each form of it lies. */
  readonly tables: readonly {
    readonly name: PublishedName;
    readonly columns: number;
    readonly at: Readonly<Partial<Record<TableFormat | 'geojson', string>>>;
  }[];
  readonly publisher: string;
  readonly licence: { readonly title: string; readonly address: string };
  readonly position: number;
}

const forms = ['csv', 'xlsx', 'json', 'geojson'] as const;

/** Everything there is to download, and how programs follow the register: with examples that can be copied and work. */
export function DataPage({ view, origin }: { readonly view: DataView; readonly origin: string }) {
  const { t, language } = useWords();
  const { publisher, licence, position } = view;
  const links = [dataAddress.dataPackage(officeLanguageOf(language)), dataAddress.catalogue('ttl'), dataAddress.catalogue('jsonld')];
  return (
    <Page
      title={t('openData.page.title')}
      here={{ page: 'data' }}
      origin={origin}
      position={position}
      data={{
        files: [
          { href: links[0]!, form: 'json' },
          { href: links[1]!, form: 'ttl' },
          { href: links[2]!, form: 'jsonld' },
        ],
        subject: { about: 'report', id: 'register' },
      }}
    >
      <div class="wide civic data">
        <h1>{t('openData.page.title')}</h1>
        <p class="lead">{t('openData.page.lead')}</p>
        <p>
          {t('openData.page.terms', { publisher })} <a href={licence.address}>{licence.title}</a>. {t('openData.page.personal')}
        </p>
        <p>
          <SourceCode />
        </p>
        <section aria-labelledby="tables" class="civic-section">
          <h2 id="tables">{t('openData.page.tables')}</h2>
          <p>{t('openData.page.filters')}</p>
          <p>{t('openData.page.blanks')}</p>
          <Tables view={view} />
        </section>
        <section aria-labelledby="described" class="civic-section">
          <h2 id="described">{t('openData.page.described')}</h2>
          <p>{t('openData.page.describedText')}</p>
          <ul class="plain">
            {links.map((href, place) => (
              <li key={href}>
                <a href={href}>{t(`openData.page.link.${(['package', 'turtle', 'jsonld'] as const)[place]!}`)}</a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="follow" class="civic-section">
          <h2 id="follow">{t('openData.page.follow')}</h2>
          <p>{t('openData.page.followText')}</p>
          <pre class="command">curl -i '{origin}{dataAddress.changes({ after: -1, limit: 10 })}'</pre>
          <p>{t('openData.page.followNext')}</p>
          <p>
            {t('openData.page.atom')} <a href={feedAddress(language, { page: 'home' })}>{t('feed.register')}</a>
          </p>
        </section>
        <KnownDays />
        <section aria-labelledby="ask-api" class="civic-section">
          <h2 id="ask-api">{t('openData.page.api')}</h2>
          <p>
            {t('openData.page.apiText')} <a href="/api/v1/openapi.json">OpenAPI 3.1</a>
          </p>
          <pre class="command">curl '{origin}{dataAddress.assets({ phase: 'available' }, 'csv')}'</pre>
          <pre class="command">curl '{origin}{dataAddress.report('money', { year: '2025' })}'</pre>
          <p>
            {t('openData.page.ocds')} <code>/api/v1/ocds/calls/IT-…</code>
          </p>
          <p>{t('openData.page.polite')}</p>
        </section>
        <section aria-labelledby="check-it" class="civic-section">
          <h2 id="check-it">{t('openData.page.check')}</h2>
          <p>
            {t('openData.page.checkText')} <a href={addressOf(language, { page: 'integrity' })}>{t('integrity.link')}</a>
          </p>
        </section>
      </div>
    </Page>
  );
} // prettier-ignore

/** Of which days every report can be asked as it was known then. */
function KnownDays() {
  const { t, language } = useWords();
  const { kept = [] } = useContext(PlaceOfPage).known ?? {};
  return (
    <section aria-labelledby="known-days" class="civic-section">
      <h2 id="known-days">{t('known.title')}</h2>
      <p>
        {t('known.text')} <a href={dataAddress.knownDays}>{t('data.json')}</a>
      </p>
      {kept.length === 0 ? (
        <p>{t('known.none')}</p>
      ) : (
        <p class="downloads">
          <DayLinks days={kept} at={addressOf(language, { page: 'indicators' })} />
        </p>
      )}
    </section>
  );
}

function Tables({ view: { tables } }: { readonly view: DataView }) {
  const { t, language } = useWords();
  return (
    <dl class="data-tables">
      {tables.map(({ name, columns, at }) => (
        <div key={name}>
          <dt>{t(`openData.table.${name}.title`)}</dt>
          <dd>
            <p>
              {t(`openData.table.${name}.description`)}{' '}
              <span class="quiet">{t('openData.page.columns', { count: columns })}</span>
            </p>
            <p class="downloads">
              {forms.map((form) => {
                const href = at[form];
                return href === undefined ? null : (
                  <a href={readIn(language, { href, form })} download={form !== 'json'} key={form}>
                    <span class="hidden">{t(`openData.table.${name}.title`)}: </span>
                    {t(`data.${form}`)}
                  </a>
                );
              })}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
