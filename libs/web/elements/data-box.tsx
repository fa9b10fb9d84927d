import { useContext } from 'preact/hooks';
import type { AssetId } from '#domain';
import { addressOf } from '../addresses';
import type { AskSubject, Target } from '../addresses';
import { frameOf } from '../embed/frame';
import type { Language } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { keepingDay } from '../known-at';
import { PlaceOfPage } from '../layout/place';
import type { Place } from '../layout/place';
import { KnownDaysOf } from './known-on';

export type FileForm = 'csv' | 'xlsx' | 'json' | 'geojson' | 'jsonld' | 'ttl';

/** The data behind a page in one of its forms. */
export interface PageFile {
  readonly href: string;
  readonly form: FileForm;
  /** What of the page it holds; everything unless said. */
  readonly part?: string;
}

/** What can be taken from a page: everything it shows, by the filters by which it shows it. */
export interface PageData {
  readonly files: readonly PageFile[];
  /** The same page at an address that goes on saying what it says today, where there is such an address. */
  readonly fixed?: Target;
  /** About what an error is reported. */
  readonly subject: AskSubject;
  /** The asset whose card other sites may show. */
  readonly embed?: AssetId;
}

export const mediaTypes: Readonly<Record<FileForm, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  geojson: 'application/geo+json',
  jsonld: 'application/ld+json',
  ttl: 'text/turtle',
};

/** Data as a page in a language links them: a workbook, which is for people, is in the language of the page; every other form is for programs and has none. */
export const readIn = (language: Language, { href, form }: Pick<PageFile, 'href' | 'form'>): string =>
  form === 'xlsx' ? `${href}${href.includes('?') ? '&' : '?'}lang=${language}` : href;

/** Forms a browser keeps as files; the others it shows. */
const kept: readonly FileForm[] = ['csv', 'xlsx'];

interface BoxProps {
  readonly data: PageData;
  readonly title: string;
  readonly here: Target;
  readonly origin: string;
  readonly position: number | undefined;
  readonly feed: { readonly href: string; readonly title: string } | undefined;
}

/** At the foot of every page with data: the data, how to follow and cite them, and where to say that something is wrong. */
export function DataBox(props: BoxProps) {
  const { data, here, feed, position } = props;
  const words = useWords();
  const { t, language } = words;
  const place = useContext(PlaceOfPage);
  const error = { at: addressOf(language, here), ...(position !== undefined && { position }) };
  return (
    <section class="data-box" aria-labelledby="data-box">
      <h2 id="data-box">{t('box.title')}</h2>
      <dl>
        <Files files={data.files} />
        {feed && (
          <div>
            <dt>{t('box.feed')}</dt>
            <dd>
              <a href={feed.href}>{feed.title}</a>
            </dd>
          </div>
        )}
        <KnownDaysOf here={addressOf(language, here)} />
      </dl>
      <details>
        <summary>{t('box.cite')}</summary>
        <p class="citation">{citation(props, words, place)}</p>
        <p class="quiet">{t(data.fixed || place.known?.day !== undefined ? 'box.citeFixed' : 'box.citeLive')}</p>
      </details>
      {data.embed !== undefined && (
        <details class="box-embed">
          <summary>{t('embed.title')}</summary>
          <p>{t('embed.how')}</p>
          <pre class="command">{frameOf(props.origin, language, data.embed, props.title)}</pre>
          <p>
            <a href={addressOf(language, { page: 'embed', id: data.embed })}>{t('embed.see')}</a>
          </p>
        </details>
      )}
      <details class="box-print">
        <summary>{t('box.print')}</summary>
        <p>{t('box.printHow')}</p>
      </details>
      {place.asking !== undefined && (
        <p class="box-error">
          <a href={place.asking + addressOf(language, { page: 'ask', subject: data.subject, error })} rel="nofollow">
            {t('box.error')}
          </a>
        </p>
      )}
    </section>
  );
}

/** The forms of each part on a line of their own. */
function Files({ files }: Pick<PageData, 'files'>) {
  const { t, language } = useWords();
  const parts = [...new Set(files.map(({ part }) => part))];
  return (
    <>
      {parts.map((part) => (
        <div key={part ?? ''}>
          <dt>{part ?? t('box.whole')}</dt>
          <dd>
            {files
              .filter((file) => file.part === part)
              .map(({ href, form }) => (
                <a key={href} href={readIn(language, { href, form })} download={kept.includes(form)}>
                  <span class="hidden">{part ?? t('box.whole')}: </span>
                  {t(`data.${form}`)}
                </a>
              ))}
          </dd>
        </div>
      ))}
    </>
  );
}

/** One sentence that names the page, its publisher, its address, and the state of the log it was read from. */
function citation({ title, data, here, origin, position }: BoxProps, { t, language }: Words, place: Place): string {
  const { publisher, today, signed, known } = place;
  const live = addressOf(language, data.fixed ?? here);
  const address = origin + (known?.day === undefined ? live : keepingDay(live, known.day));
  const whenRead = (at: string, read?: string, day?: string): string =>
    day !== undefined
      ? t('box.citation.known', { day, address: at })
      : read === undefined
        ? at
        : t('box.citation.read', { today: read, address: at });
  const said = [
    t('box.citation.work', { title, site: t('site.name') }),
    ...(publisher === undefined || publisher === t('site.name') ? [] : [`${publisher}.`]),
    ...(position === undefined ? [] : [t('box.citation.position', { position })]),
    ...(signed ? [t('box.citation.signed', { ...signed })] : []),
    whenRead(address, today, known?.day),
  ];
  return said.join(' ');
}
