import { useContext } from 'preact/hooks';
import { provenanceOf } from '#domain';
import { addressOf } from '../addresses';
import { Day, MomentInTime } from '../elements/dates';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { SourceLegend, SourceTag } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { shortened } from './calls-pages';
import { ListPage } from './list-page';
import { CivicLink, DayOfOne, DayOfPage } from './on-a-day';
import {
  AskLink,
  AssetLink,
  useDataOf,
  DocumentOf,
  MaybeDay,
  OrganisationLink,
  Section,
  StateMark,
  Trail,
  Where,
} from './parts';
import type { Asking, AuthorityLine, DialogueLine, DialogueView, ListView, Whereabouts } from './views';

const kinds = ['question', 'complaint', 'observation'] as const;
const states = ['awaited', 'overdue', 'in-time', 'late', 'none'] as const;

interface ListProps {
  readonly view: ListView<DialogueLine>;
  readonly authorities: readonly AuthorityLine[];
  readonly origin: string;
  readonly asking: Asking;
}

/** What the public asked, and how long authorities take to answer. */
export function DialoguesPage({ view, authorities, origin, asking }: ListProps) {
  const words = useWords();
  const named = (of: string, codes: readonly string[]) => codes.map((code) => ({ code, name: words.code(of, code) }));
  const narrowed = Object.keys(view.query).some((name) => name !== 'cursor' && name !== 'asOf');
  const offices = authorities.map(({ authority }) => ({ code: authority, name: words.agency(authority) }));
  return (
    <ListPage
      view={view}
      origin={origin}
      asking={asking}
      report="dialogue"
      searchable
      status={narrowed ? undefined : statusOf(authorities, words)}
      choices={[
        { name: 'state', label: words.t('civic.dialogues.state'), values: named('threadState', states) },
        { name: 'kind', label: words.field('kind'), values: named('threadKind', kinds) },
        { name: 'authority', label: words.field('addressedTo'), values: offices },
      ]}
      item={(thread) => <ThreadCard thread={thread} where={view.where?.get(thread.id)} />}
    >
      <Answering authorities={authorities} />
    </ListPage>
  );
}

/** How all authorities together answer; undefined where nobody asked yet. */
function statusOf(authorities: readonly AuthorityLine[], { t }: Words): string | undefined {
  const sum = (name: 'threads' | 'answered' | 'late' | 'overdue'): number =>
    authorities.reduce((all, each) => all + each[name], 0);
  if (authorities.length === 0) return undefined;
  return t('strip.dialogues', {
    count: sum('threads'),
    answered: sum('answered'),
    late: sum('late'),
    overdue: sum('overdue'),
  });
}

/** How each authority answers: a number for each, with what it is counted over. */
function Answering({ authorities }: { readonly authorities: readonly AuthorityLine[] }) {
  const words = useWords();
  const { t, language } = words;
  const moment = useContext(DayOfPage);
  if (authorities.length === 0) return null;
  const leading = (authority: string, state: string, count: number) =>
    count === 0 ? (
      words.number(0)
    ) : (
      <a href={addressOf(language, { page: 'dialogues', query: { authority, state, ...moment } })}>
        {words.number(count)}
      </a>
    );
  return (
    <section class="answering" aria-labelledby="answering">
      <h2 id="answering">{t('civic.dialogues.answering')}</h2>
      <Scrolling label={t('civic.dialogues.answering')}>
        <table>
          <caption class="hidden">{t('civic.dialogues.answering')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.field('addressedTo')}</th>
              <th scope="col" class="numeric">
                {t('civic.dialogues.threads')}
              </th>
              <th scope="col" class="numeric">
                {t('civic.dialogues.answered')}
              </th>
              <th scope="col" class="numeric">
                {t('civic.dialogues.median')}
              </th>
              <th scope="col" class="numeric">
                {t('civic.dialogues.late')}
              </th>
              <th scope="col" class="numeric">
                {t('civic.dialogues.overdue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {authorities.map(({ authority, threads, answered, late, overdue, medianDays }) => (
              <tr key={authority}>
                <th scope="row">
                  <a href={addressOf(language, { page: 'dialogues', query: { authority } })}>
                    {words.agency(authority)}
                  </a>
                </th>
                <td class="numeric">{words.number(threads)}</td>
                <td class="numeric">{words.number(answered)}</td>
                <td class="numeric">{medianDays === null ? '–' : words.number(medianDays)}</td>
                <td class="numeric">{leading(authority, 'late', late)}</td>
                <td class="numeric">{leading(authority, 'overdue', overdue)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

/** A thread in a list: what may be read of it, and where the answer stands. */
export function ThreadCard({ thread, where }: { readonly thread: DialogueLine; readonly where?: Whereabouts | undefined }) {
  const words = useWords();
  const { t } = words;
  const { id, kind, state, text, askedOn, answeredOn, dueOn, authority } = thread;
  return (
    <article class="card">
      <h3>
        <CivicLink list="dialogues" id={id}>
          {text === null ? t('civic.dialogues.untitled', { kind: words.code('threadKind', kind), date: words.day(askedOn) }) : shortened(text)}
        </CivicLink>
      </h3>
      <p class="card-facts">
        <StateMark of="threadState" state={state} />
        {answeredOn !== null && <span>{t('civic.dialogues.answeredAfter', { count: thread.daysToAnswer ?? 0 })}</span>}
        {(state === 'awaited' || state === 'overdue') && <span><Day after={t('civic.dialogues.due')} date={dueOn} /></span>}
      </p>
      <p class="card-facts quiet">
        <span>{words.code('threadKind', kind)}</span>
        <span>{t('civic.dialogues.to', { authority })}</span>
        <span>
          <Day date={askedOn} />
        </span>
        <SourceTag of={thread.provenance} />
        <Where where={where} />
        {thread.moderation === null && <span>{t('civic.dialogues.unread')}</span>}
      </p>
    </article>
  );
} // prettier-ignore

interface PageProps {
  readonly thread: DialogueView;
  readonly origin: string;
  readonly asking: Asking;
}

/** One thread: what was asked, as far as it may be read, and what was answered. */
export function DialoguePage({ thread, origin, asking }: PageProps) {
  const words = useWords();
  const { comma, t } = words;
  const { id, kind, detail, state, dueOn } = thread;
  const title = t('civic.dialogues.untitled', { kind: words.code('threadKind', kind), date: words.day(thread.askedOn) });
  const subject = thread.asset !== null ? ({ about: 'asset', id: thread.asset } as const) : thread.call !== null ? ({ about: 'call', id: thread.call } as const) : ({ about: 'report', id: thread.report ?? 'dialogue' } as const);
  const moment = useContext(DayOfPage);
  const data = useDataOf('dialogues', id, subject);
  return (
    <Page title={title} here={{ page: 'civic', list: 'dialogues', id, moment }} origin={origin} position={thread.position} indexed={moment.asOf === undefined} data={data}>
      <div class="wide asset civic thread">
        <Trail list="dialogues" />
        <header class="asset-head">
          <h1>{title}</h1>
          <p class="id">{id}</p>
          <p class="status">
            <StateMark of="threadState" state={state} />
            <span>
              {t('civic.dialogues.to', { authority: thread.authority })}
              {(state === 'awaited' || state === 'overdue') && <>{comma}<Day after={t('civic.dialogues.due')} date={dueOn} /></>}
            </span>
          </p>
          <StatusStrip ofOne>{threadInWords(thread, words)}</StatusStrip>
          <p>
            {t('civic.dialogues.about')} <SubjectOf thread={thread} />
          </p>
          {detail.follows !== undefined && (
            <p>
              <CivicLink list="dialogues" id={detail.follows}>
                {t('civic.dialogues.follows')}
              </CivicLink>
            </p>
          )}
        </header>
        <DayOfOne list="dialogues" id={id} what={title} />
        <Contribution thread={thread} />
        {detail.escalations.map(({ to, on, details }) => (
          <div class="note" key={to}>
            <p>
              <MaybeDay date={on} />: {t('civic.dialogues.escalated', { to })}
            </p>
            {details !== undefined && <p><Original>{details}</Original></p>}
          </div>
        ))}
        <Section id="answers" title={t('civic.dialogues.answers', { count: detail.answers.length })}>
          {detail.answers.length === 0 && <p class="quiet">{words.code('noAnswer', state)}</p>}
          {detail.answers.map(({ id: each, at, agency, text, document }) => (
            <article class="said answer" key={each} id={`answer-${each}`}>
              <p class="quiet">
                <SourceTag of={provenanceOf({ type: 'AnswerPublished', data: { document } })} /> <strong>{words.agency(agency)}</strong>{comma}
                <MomentInTime instant={at} />
              </p>
              <p class="prose">
                <Original>{text}</Original>
              </p>
              <DocumentOf document={document} />
            </article>
          ))}
        </Section>
        {detail.closed && (
          <p class="quiet">
            {t('civic.dialogues.closed', { reason: words.code('reason', detail.closed.reason) })} (<MaybeDay date={detail.closed.on} />)
          </p>
        )}
        <SourceLegend />
        <AskLink asking={asking} subject={subject} />
      </div>
    </Page>
  );
} // prettier-ignore

/** Who was asked when, and whether an answer came. */
export function threadInWords({ authority, askedOn, dueOn, state, daysToAnswer }: DialogueLine, { t }: Words): string {
  const asked = { authority, on: askedOn };
  if (daysToAnswer !== null) return t('strip.threadAnswered', { ...asked, count: daysToAnswer });
  return state === 'none' ? t('strip.threadAsked', asked) : t('strip.threadAwaited', { ...asked, due: dueOn });
}

function SubjectOf({ thread }: { readonly thread: DialogueView }) {
  const words = useWords();
  const { asset, call, report } = thread;
  if (asset !== null) return <AssetLink id={asset} label={thread.assetLabel} />;
  if (call !== null)
    return (
      <CivicLink list="calls" id={call}>
        <Original>{thread.callObject ?? call}</Original>
      </CivicLink>
    );
  return <>{words.t('civic.dialogues.theReport', { name: words.code('report', report ?? '') })}</>;
}

/** What was handed in, as the moderator let it pass, and what the moderator decided. */
function Contribution({ thread }: { readonly thread: DialogueView }) {
  const words = useWords();
  const { t } = words;
  const { moderation } = thread.detail;
  return (
    <Section id="asked" title={t('civic.dialogues.asked')}>
      <article class="said">
        <p class="quiet">
          <SourceTag of="civic-report" /> <Day date={thread.askedOn} />
          {moderation?.organisation !== undefined && (
            <>
              , <OrganisationLink id={moderation.organisation} name={thread.organisationName} />
            </>
          )}
        </p>
        {moderation?.text !== undefined && <p class="prose">{moderation.text}</p>}
        {moderation === undefined && <p>{t('civic.dialogues.notReadYet')}</p>}
        {moderation?.outcome === 'withheld' && (
          <p>{t('civic.dialogues.withheld', { reason: words.code('reason', moderation.reason) })}</p>
        )}
        {moderation?.photos && <Photos photos={moderation.photos} />}
        {moderation?.outcome === 'partly-redacted' && (
          <p class="quiet">{t('civic.dialogues.redacted', { reason: words.code('reason', moderation.reason) })}</p>
        )}
        {moderation?.details !== undefined && (
          <p class="text">
            <Original>{moderation.details}</Original>
          </p>
        )}
      </article>
    </Section>
  );
}

interface PhotosProps {
  readonly photos: readonly { readonly sha256: string; readonly alternative: string; readonly redactionOf?: string }[];
}

/** The photos that may be seen. The files lie beside the pages, each under its digest. */
function Photos({ photos }: PhotosProps) {
  const { t } = useWords();
  return (
    <>
      <h3 class="small-head">{t('civic.dialogues.photos', { count: photos.length })}</h3>
      <ul class="photos">
        {photos.map(({ sha256, alternative, redactionOf }) => (
          <li key={sha256}>
            <a href={`/files/${sha256}`}>
              <img src={`/files/${sha256}`} alt={alternative} loading="lazy" />
            </a>
            <p class="quiet">
              {redactionOf !== undefined && <>{t('civic.dialogues.photoRedacted')} </>}
              SHA-256: <code>{sha256.slice(0, 12)}…</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
