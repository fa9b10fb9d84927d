import type { JsonObject } from '#domain';
import { addressOf, dataAddress } from '../addresses';
import { MomentInTime } from '../elements/dates';
import { sentenceOf } from '../asset/sentence';
import { Page } from '../layout/page';
import { ProgramStep } from '../elements/source-code';
import { useWords } from '../language/speaking';
import { VERIFY_PROGRAM } from './verify-program';

/** An entry with the proof that it is in the transparency log. */
export interface EntryProofView {
  readonly id: string;
  /** Where it is told; undefined for an entry of another kind of stream than the dossiers. */
  readonly told?: {
    readonly asset: string;
    readonly type: string;
    readonly data: JsonObject;
    readonly recordedAt: string;
    readonly agency: string;
  };
  /** Its place in the log, from 0. */
  readonly index: number;
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
  /** When the signed state was published, an instant. */
  readonly publishedAt: string;
  /** What was logged, word for word. */
  readonly leaf: string;
}

/** Writes the program into a file: whoever runs it can read it first. */
const WRITE_PROGRAM = `cat > verify.py <<'END'\n${VERIFY_PROGRAM}\nEND`;

/** How anybody verifies one entry, with commands that work as they stand. */
export function EntryProofPage({ view, origin }: { readonly view: EntryProofView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  const { id, index, size } = view;
  return (
    <Page title={t('proofPage.title')} here={{ page: 'entry-proof', id }} origin={origin} indexed={false} data={{ files: [{ href: dataAddress.leaf(id), form: 'json' }], subject: { about: 'report', id: 'integrity' } }}>
      <div class="wide civic integrity">
        <nav class="trail" aria-label={t('integrity.title')}>
          <a href={addressOf(words.language, { page: 'integrity' })}>{t('integrity.title')}</a>
        </nav>
        <h1>{t('proofPage.title')}</h1>
        <p class="lead">{t('proofPage.lead', { number: index + 1, size })}</p>
        <TheEntry view={view} />
        <TheProof view={view} />
        <section aria-labelledby="verify" class="civic-section">
          <h2 id="verify">{t('proofPage.verify')}</h2>
          <ol class="steps">
            <li>
              <p>{t('proofPage.step.fetch')}</p>
              <pre class="command">{`curl ${origin}${dataAddress.proof(id)} -o entry.tlog-proof\ncurl ${origin}${dataAddress.leaf(id)} -o entry.json\ncurl ${origin}/log/keys -o keys`}</pre>
            </li>
            <li>
              <p>
                {t('proofPage.step.auditor')} <ProgramStep />
              </p>
              <pre class="command">npm run auditor -- proof entry.tlog-proof --keys keys</pre>
            </li>
            <li>
              <p>{t('proofPage.step.own')}</p>
              <details>
                <summary>{t('proofPage.show')}</summary>
                <pre class="command">{WRITE_PROGRAM}</pre>
              </details>
            </li>
            <li>
              <p>{t('proofPage.step.kept')}</p>
              <pre class="command">{`curl ${origin}/log/checkpoint -o kept`}</pre>
            </li>
            <li>
              <p>{t('proofPage.step.run')}</p>
              <pre class="command">{`python3 verify.py entry.tlog-proof entry.json keys kept ${origin}/log`}</pre>
            </li>
          </ol>
        </section>
        <section aria-labelledby="means" class="civic-section">
          <h2 id="means">{t('proofPage.means')}</h2>
          <ul class="plain">
            {(['there', 'time', 'true', 'all'] as const).map((meaning) => (
              <li key={meaning}>{t(`proofPage.mean.${meaning}`)}</li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  );
} // prettier-ignore

function TheEntry({ view: { id, told } }: { readonly view: EntryProofView }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section aria-labelledby="entry" class="civic-section">
      <h2 id="entry">{t('proofPage.entry')}</h2>
      <dl class="facts">
        {told && (
          <>
            <div>
              <dt>{t('proofPage.what')}</dt>
              <dd>{sentenceOf(told.type, told.data, words) ?? told.type}</dd>
            </div>
            <div>
              <dt>{t('proofPage.dossier')}</dt>
              <dd>
                <a href={`${addressOf(language, { page: 'asset', id: told.asset })}#${id}`}>{told.asset}</a>
              </dd>
            </div>
            <div>
              <dt>{t('proofPage.recorded')}</dt>
              <dd>
                <MomentInTime instant={told.recordedAt} /> {t('proofPage.office')} {words.agency(told.agency)}
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{t('proofPage.id')}</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function TheProof({ view: { id, root, publishedAt, leaf } }: { readonly view: EntryProofView }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="files" class="civic-section">
      <h2 id="files">{t('proofPage.files')}</h2>
      <dl class="facts">
        <div>
          <dt>{t('proofPage.root')}</dt>
          <dd>
            <code>{root}</code>
          </dd>
        </div>
        <div>
          <dt>{t('proofPage.signed')}</dt>
          <dd>
            <MomentInTime instant={publishedAt} />
          </dd>
        </div>
      </dl>
      <p>
        <a href={dataAddress.proof(id)} download={`${id}.tlog-proof`}>
          {t('proofPage.proof')}
        </a>{' '}
        · <a href={dataAddress.leaf(id)}>{t('proofPage.leaf')}</a>
      </p>
      <details>
        <summary>{t('proofPage.show')}</summary>
        <pre class="command leaf">{leaf}</pre>
        <p>{t('proofPage.committed')}</p>
      </details>
    </section>
  );
}
