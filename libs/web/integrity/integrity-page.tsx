import { dataAddress } from '../addresses';
import { Day, MomentInTime } from '../elements/dates';
import { Scrolling } from '../elements/scrolling';
import { StatusStrip } from '../elements/status-strip';
import { Page } from '../layout/page';
import { ProgramStep } from '../elements/source-code';
import { useWords } from '../language/speaking';

/** A signed state of an earlier day. */
export interface EarlierStateLine {
  readonly day: string;
  readonly size: number;
  readonly root: string;
  /** Whether it was shown to be the beginning of the log as it is. */
  readonly grown: boolean;
}

/** What the transparency log says of itself. */
export interface IntegrityView {
  /** The name of the log. */
  readonly origin: string;
  /** Entries under the latest checkpoint. */
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
  /** When the checkpoint was published, an instant. */
  readonly publishedAt: string;
  /** The keys that speak for it, as verifiers write them. */
  readonly keys: readonly string[];
  /** Names of witnesses that cosigned it. */
  readonly witnesses: readonly string[];
  /** When the oldest entry that waits for a signature was recorded; undefined where none waits. */
  readonly waitingSince?: string;
  /** The latest first. */
  readonly history: readonly EarlierStateLine[];
}

/** Where the log is published. */
const LOG = '/log';

/** How anybody can check that no entry was changed, removed, exchanged or slipped in. Without a view no log is kept here. */
export function IntegrityPage({ view, origin }: { readonly view: IntegrityView | undefined; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <Page title={t('integrity.title')} here={{ page: 'integrity' }} origin={origin} data={{ files: [{ href: dataAddress.integrity, form: 'json' }], subject: { about: 'report', id: 'integrity' } }}>
      <div class="wide civic integrity">
        <h1>{t('integrity.title')}</h1>
        {view && <StatusStrip>{t('strip.integrity', { size: view.size, on: view.publishedAt })}</StatusStrip>}
        <p class="lead">{t('integrity.lead')}</p>
        {view ? <Latest view={view} /> : <p class="note">{t('integrity.none')}</p>}
        {view && view.history.length > 0 && <History states={view.history} />}
        {view && (
          <section aria-labelledby="verify" class="civic-section">
            <h2 id="verify">{t('integrity.verify')}</h2>
            <ol class="steps">
              <li>
                <p>
                  <ProgramStep />
                </p>
              </li>
              <li>
                <p>{t('integrity.step.keys')}</p>
                <pre class="command">curl {origin}{LOG}/keys -o keys</pre>
              </li>
              <li>
                <p>{t('integrity.step.first')}</p>
                <pre class="command">npm run auditor -- verify --log {origin}{LOG} --keys keys --without-store --keep checkpoint</pre>
              </li>
              <li>
                <p>{t('integrity.step.later')}</p>
                <pre class="command">npm run auditor -- verify --log {origin}{LOG} --keys keys --without-store --since checkpoint --keep checkpoint</pre>
              </li>
            </ol>
            <p>{t('integrity.step.expect')}</p>
            <p>{t('integrity.tools')}</p>
          </section>
        )}
        <section aria-labelledby="limits" class="civic-section">
          <h2 id="limits">{t('integrity.limits')}</h2>
          <ul class="plain">
            {(['truth', 'absent', 'since', 'kept'] as const).map((limit) => (
              <li key={limit}>{t(`integrity.limit.${limit}`)}</li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  );
} // prettier-ignore

function Latest({ view }: { readonly view: IntegrityView }) {
  const words = useWords();
  const { t } = words;
  const { origin, size, root, publishedAt, keys, witnesses, waitingSince } = view;
  return (
    <section aria-labelledby="latest" class="civic-section">
      <h2 id="latest">{t('integrity.latest')}</h2>
      <dl class="facts">
        <div>
          <dt>{t('integrity.log')}</dt>
          <dd>
            <code>{origin}</code>
          </dd>
        </div>
        <div>
          <dt>{t('integrity.size')}</dt>
          <dd>{words.number(size)}</dd>
        </div>
        <div>
          <dt>{t('integrity.signed')}</dt>
          <dd>
            <MomentInTime instant={publishedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('integrity.delay')}</dt>
          <dd>{waitingSince === undefined ? t('integrity.noDelay') : t('integrity.waiting', { since: waitingSince })}</dd>
        </div>
        <div>
          <dt>{t('integrity.root')}</dt>
          <dd>
            <code>{root}</code>
          </dd>
        </div>
        <div>
          <dt>{t('integrity.keys')}</dt>
          <dd>
            {keys.map((key) => (
              <p key={key}>
                <code>{key}</code>
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('integrity.witnesses')}</dt>
          <dd>{witnesses.length === 0 ? t('integrity.noWitness') : witnesses.join(', ')}</dd>
        </div>
      </dl>
      <p>
        <a href={`${LOG}/checkpoint`}>{t('integrity.checkpoint')}</a> · <a href={`${LOG}/keys`}>{t('integrity.keyList')}</a>
      </p>
    </section>
  );
} // prettier-ignore

function History({ states }: { readonly states: readonly EarlierStateLine[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <section aria-labelledby="history" class="civic-section">
      <h2 id="history">{t('integrity.history')}</h2>
      <p>{t('integrity.historyIntro')}</p>
      <Scrolling label={t('integrity.history')}>
        <table>
          <caption class="hidden">{t('integrity.history')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('integrity.day')}</th>
              <th scope="col" class="numeric">
                {t('integrity.size')}
              </th>
              <th scope="col">{t('integrity.check')}</th>
              <th scope="col">{t('integrity.root')}</th>
            </tr>
          </thead>
          <tbody>
            {states.map(({ day, size, root, grown }) => (
              <tr key={day}>
                <th scope="row">
                  <a href={`${LOG}/checkpoints/${day}`}>
                    <Day date={day} />
                  </a>
                </th>
                <td class="numeric">{words.number(size)}</td>
                <td>{grown ? t('integrity.grown') : <strong>{t('integrity.notGrown')}</strong>}</td>
                <td>
                  <code>{root}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}
