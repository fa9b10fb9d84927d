import type { JsonObject, LegalDate } from '#domain';
import { actInWords } from '../asset/act-line';
import { sentenceOf } from '../asset/sentence';
import { valueInWords } from '../asset/values';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** An entry as a bundle of evidence tells it. */
export interface EvidenceEntry {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Its place in the dossier, from 0. */
  readonly revision: number;
  /** Its place in the log, from 0. */
  readonly index: number;
  readonly occurredOn: LegalDate | null;
  /** An instant. */
  readonly recordedAt: string;
  readonly agency: string;
  /** The fields everybody may see. */
  readonly data: JsonObject;
  /** Those nobody may see, with what binds the log to them. */
  readonly sealed: readonly { readonly field: string; readonly committed: string }[];
  /** Parts the log is not bound to. */
  readonly unproven: readonly string[];
  /** The log holds its digest alone. */
  readonly tooLarge: boolean;
  /** SHA-256 of the entry as a leaf of the tree, in hexadecimal. */
  readonly leafHash: string;
}

/** What a bundle of evidence says. */
export interface EvidenceView {
  readonly asset: string;
  /** Name of the log. */
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** As verifiers write them. */
  readonly keys: readonly string[];
  /** The earlier state it is shown to have grown out of. */
  readonly grownOutOf?: { readonly size: number; readonly root: string };
  readonly entries: readonly EvidenceEntry[];
}

/** Prints on A4, and needs nothing from anywhere. */
const STYLE = `
:root { color-scheme: light }
body { font: 11pt/1.5 Georgia, 'Times New Roman', serif; color: #111; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-top: 1px solid #999; padding-top: 1rem }
h3 { font-size: 1rem; margin: 0 } p, ul { margin: .4rem 0 } .lead { font-size: 1.1rem }
code, pre { font: .8rem/1.45 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap }
pre { background: #f2f2f2; padding: .6rem; margin: .4rem 0 }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); gap: .15rem 1rem; margin: .4rem 0 }
dt { color: #444 } dd { margin: 0; overflow-wrap: anywhere }
article { border: 1px solid #bbb; padding: .8rem 1rem; margin: 1rem 0; break-inside: avoid }
.said { font-size: 1.05rem; margin: .3rem 0 } .small { font-size: .85rem; color: #444; white-space: nowrap }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
@page { size: A4; margin: 18mm }
@media print { body { margin: 0; max-width: none; font-size: 10pt } a { color: inherit } }
`;

/** The readable part of a bundle of evidence: for a judge, not for a program. */
export function EvidenceReport({ view }: { readonly view: EvidenceView }) {
  const { t, language } = useWords();
  const title = t('evidence.title', { asset: view.asset });
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <h1>{title}</h1>
        <p class="lead">{t('evidence.lead', { count: view.entries.length })}</p>
        <TheState view={view} />
        <h2>{t('evidence.entries')}</h2>
        {view.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        <h2>{t('evidence.shows')}</h2>
        <List of={['entries', 'gaps']} size={view.size} />
        <h2>{t('evidence.showsNot')}</h2>
        <List of={['scanned', 'later', 'true', 'time', 'sealed', 'keys']} size={view.size} />
        <h2>{t('evidence.verify')}</h2>
        <p>{t('evidence.verifyText')}</p>
        <pre>
          npm run auditor -- bundle verify {view.asset}.evidence.zip --keys keys{'\n'}
          npm run auditor -- bundle verify {view.asset}.evidence.zip --keys keys --log https://…/log
        </pre>
        <p>{t('evidence.verifyOthers')}</p>
      </body>
    </html>
  );
}

function TheState({ view: { origin, size, root, keys, grownOutOf } }: { readonly view: EvidenceView }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <h2>{t('evidence.state')}</h2>
      <dl>
        <dt>{t('integrity.log')}</dt>
        <dd>
          <code>{origin}</code>
        </dd>
        <dt>{t('integrity.size')}</dt>
        <dd>{words.number(size)}</dd>
        <dt>{t('integrity.root')}</dt>
        <dd>
          <code>{root}</code>
        </dd>
        <dt>{t('integrity.keys')}</dt>
        <dd>
          {keys.map((key) => (
            <div key={key}>
              <code>{key}</code>
            </div>
          ))}
        </dd>
        <dt>{t('evidence.grown')}</dt>
        <dd>
          {grownOutOf ? (
            <>
              {t('evidence.grownOutOf', { size: grownOutOf.size })} <code>{grownOutOf.root}</code>
            </>
          ) : (
            t('evidence.grownOutOfNone')
          )}
        </dd>
      </dl>
    </>
  );
}

function Entry({ entry }: { readonly entry: EvidenceEntry }) {
  const words = useWords();
  const { t } = words;
  const { revision, index, id, type, version, occurredOn, recordedAt, agency, data, sealed, unproven, tooLarge, leafHash } = entry;
  const act = actInWords(data.act ?? data.document, words);
  return (
    <article>
      <h3>{t('evidence.entry', { number: revision + 1 })}</h3>
      <p class="said">{sentenceOf(type, data, words) ?? type}</p>
      <dl>
        <dt>{t('evidence.happened')}</dt>
        <dd>{occurredOn === null ? t('entry.dateNotStated') : words.day(occurredOn)}</dd>
        <dt>{t('evidence.recorded')}</dt>
        <dd>
          {words.instant(recordedAt)} <span class="small">({recordedAt})</span>
        </dd>
        <dt>{t('evidence.office')}</dt>
        <dd>{agency}</dd>
        {act !== undefined && (
          <>
            <dt>{t('entry.act')}</dt>
            <dd>{act}</dd>
          </>
        )}
        {fieldsIn(data, words).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        {sealed.map(({ field, committed }) => (
          <>
            <dt>{words.field(field)}</dt>
            <dd>
              {t('evidence.notPublic')} <code>{committed}</code>
            </dd>
          </>
        ))}
        {tooLarge && (
          <>
            <dt>{t('evidence.content')}</dt>
            <dd>{t('evidence.tooLarge')}</dd>
          </>
        )}
        {unproven.length > 0 && (
          <>
            <dt>{t('evidence.notBound')}</dt>
            <dd>{unproven.join(', ')}</dd>
          </>
        )}
        <dt>{t('evidence.kind')}</dt>
        <dd>{t('entry.versionOf', { type, version })}</dd>
        <dt>{t('evidence.place')}</dt>
        <dd>{words.number(index + 1)}</dd>
        <dt>{t('evidence.id')}</dt>
        <dd>
          <code>{id}</code>
        </dd>
        <dt>{t('evidence.hash')}</dt>
        <dd>
          <code>{leafHash}</code>
        </dd>
      </dl>
    </article>
  );
} // prettier-ignore

const fieldsIn = (data: JsonObject, words: Words): [name: string, value: string][] =>
  Object.entries(data)
    .filter(([field, value]) => field !== 'act' && field !== 'document' && value !== undefined && value !== null)
    .map(([field, value]) => [words.field(field), valueInWords(field, value, words)]);

type Point = 'entries' | 'gaps' | 'scanned' | 'later' | 'true' | 'time' | 'sealed' | 'keys';

function List({ of, size }: { readonly of: readonly Point[]; readonly size: number }) {
  const { t } = useWords();
  return (
    <ul>
      {of.map((point) => (
        <li key={point}>{t(`evidence.point.${point}`, { size })}</li>
      ))}
    </ul>
  );
}
