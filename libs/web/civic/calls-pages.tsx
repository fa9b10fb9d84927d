import { useContext } from 'preact/hooks';
import { provenanceOf } from '#domain';
import { addressOf } from '../addresses';
import { AssetName } from '../elements/asset-title';
import { Day, MomentInTime } from '../elements/dates';
import { Original } from '../elements/original';
import { SourceLegend, SourceTag } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { CallApplications, Ranking } from './call-ranking';
import { ListPage } from './list-page';
import type { Choice } from './list-page';
import { CivicLink, DayOfOne, DayOfPage } from './on-a-day';
import { ActOf, AskLink, AssetLink, useDataOf, Facts, MaybeDay, MaybeLink, OrganisationLink, Section, StateMark, Trail, Where, fact, recorded } from './parts'; // prettier-ignore
import type { Asking, CallLine, CallView, ListView, Whereabouts } from './views';

const states = ['open', 'closing', 'closed', 'awarded', 'deserted', 'cancelled'] as const;

interface ListProps {
  readonly view: ListView<CallLine>;
  readonly origin: string;
  readonly asking: Asking;
}

/** The calls: which are open, until when, and what became of the others. */
export function CallsPage({ view, regions, origin, asking }: ListProps & { readonly regions: Choice['values'] }) {
  const words = useWords();
  const values = states.map((code) => ({ code, name: words.code('callState', code) }));
  return (
    <ListPage
      view={view}
      origin={origin}
      asking={asking}
      report="calls"
      searchable
      status={countedIn(view, words)}
      choices={[
        { name: 'state', label: words.t('civic.calls.state'), values },
        { name: 'region', label: words.field('region'), values: regions },
      ]}
      item={(call) => <CallCard call={call} where={view.where?.get(call.id)} />}
    />
  );
}

/** How many calls stand where, of all there are; undefined where something is chosen, for the list says that itself. */
function countedIn({ counts, query, total }: ListView<CallLine>, words: Words): string | undefined {
  const counted = counts?.state;
  if (!counted || total === 0 || Object.values(query).some((value) => value !== undefined)) return undefined;
  const others = (['closed', 'awarded', 'deserted', 'cancelled'] as const).filter((state) => (counted[state] ?? 0) > 0);
  const states = (['open', ...others] as const).map((state) =>
    words.t(`civic.calls.counted.${state}`, { count: counted[state] ?? 0 }),
  );
  return words.t('civic.calls.counted.ofCalls', { count: total, states: words.list(states) });
}

/** A call in a list: what it is for, where it stands, and until when one can apply. */
export function CallCard({ call, where }: { readonly call: CallLine; readonly where?: Whereabouts | undefined }) {
  const words = useWords();
  const { t } = words;
  return (
    <article class="card">
      <h3>
        <CivicLink list="calls" id={call.id}>
          <Original>{call.object}</Original>
        </CivicLink>
      </h3>
      <p class="card-facts">
        <StateMark of="callState" state={call.state} /> <Until call={call} />
      </p>
      <p class="excerpt">
        <Original>{shortened(call.summary)}</Original>
      </p>
      <p class="card-facts quiet">
        <span>{words.agency(call.authority)}</span>
        {where?.asset ? (
          <AssetsOf asset={where.asset} />
        ) : (
          <span>{t('civic.calls.assets', { count: call.assets })}</span>
        )}
        <Where where={where} />
        <SourceTag of={call.provenance} />
        {call.repeats !== null && <span>{t('civic.calls.repeated')}</span>}
        {call.awardedTo && (
          <span>
            {t('civic.calls.awardedTo')} <OrganisationLink {...call.awardedTo} />
          </span>
        )}
      </p>
    </article>
  );
}

/** Which asset a call is for, leading to it; of several the first. */
function AssetsOf({ asset: { label, others } }: { readonly asset: NonNullable<Whereabouts['asset']> }) {
  const words = useWords();
  const moment = useContext(DayOfPage);
  return (
    <span>
      <a href={addressOf(words.language, { page: 'asset', id: label.id, moment })}>
        <AssetName described={label} words={words} />
      </a>
      {others > 0 && ` ${words.t('civic.calls.andMore', { count: others })}`}
    </span>
  );
}

function Until({ call: { state, deadline, endedOn } }: { readonly call: CallLine }) {
  const { t } = useWords();
  if (state === 'open' || state === 'closing')
    return (
      <span>
        <MomentInTime after={t('civic.calls.until')} instant={deadline} />
      </span>
    );
  if (endedOn !== null)
    return (
      <span>
        <Day after={t('civic.calls.endedOn')} date={endedOn} />
      </span>
    );
  return (
    <span>
      <MomentInTime after={t('civic.calls.closedSince')} instant={deadline} />
    </span>
  );
}

const EXCERPT = 240;

/** The beginning of a text, cut between words. */
export function shortened(text: string): string {
  if (text.length <= EXCERPT) return text;
  const cut = text.slice(0, EXCERPT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), EXCERPT / 2))} …`;
}

interface PageProps {
  readonly call: CallView;
  readonly origin: string;
  readonly asking: Asking;
}

/** One call: in plain words first, then what, who, by when, how it is judged, and what came of it. */
export function CallPage({ call, origin, asking }: PageProps) {
  const words = useWords();
  const { t } = words;
  const { id, detail, state } = call;
  const running = state === 'open' || state === 'closing';
  const moment = useContext(DayOfPage);
  const data = useDataOf('calls', id, { about: 'call', id });
  return (
    <Page
      title={call.object}
      here={{ page: 'civic', list: 'calls', id, moment }}
      origin={origin}
      position={call.position}
      indexed={moment.asOf === undefined}
      data={data}
    >
      <div class="wide asset civic">
        <Trail list="calls" />
        <header class="asset-head">
          <h1>
            <Original>{call.object}</Original>
          </h1>
          <p class="id">{id}</p>
          <p class="status">
            <StateMark of="callState" state={state} />
            <span>
              <Until call={call} />
            </span>
          </p>
          <StatusStrip ofOne>
            {t('strip.call', {
              assets: t('civic.calls.assets', { count: call.assets }),
              applications: t('strip.applications', { count: call.applications }),
            })}
          </StatusStrip>
        </header>
        <DayOfOne list="calls" id={id} what={call.object} />
        <Section id="plain" title={t('civic.calls.inPlainWords')}>
          <p class="lead prose">
            <Original>{call.summary}</Original>
          </p>
        </Section>
        <div class="asset-columns">
          <div class="asset-side">
            <Section id="facts" title={t('asset.facts')}>
              <Facts
                rows={[
                  { name: t('civic.calls.who'), value: t('civic.calls.whoMayApply') },
                  { name: t('civic.calls.deadline'), value: <MomentInTime instant={call.deadline} /> },
                  { name: t('civic.calls.authority'), value: words.agency(call.authority) },
                  { name: t('civic.calls.publishedOn'), value: <MaybeDay date={call.publishedOn} /> },
                  recorded(t('civic.calls.notice'), detail.notice, (notice) => <MaybeLink text={notice} />),
                  { name: t('civic.calls.how'), value: t('civic.calls.sealedUnder', { scheme: detail.scheme }) },
                  fact(t('civic.calls.awardedTo'), call.awardedTo, (winner) => <OrganisationLink {...winner} />),
                ]}
              />
            </Section>
            <p class="after-list">
              <a href={addressOf(words.language, { page: 'dialogues', query: { call: id } })}>
                {t('civic.dialogues.ofCall')}
              </a>
            </p>
            <AskLink asking={asking} subject={{ about: 'call', id }} />
          </div>
          <div class="civic-main">
            <Section id="assets" title={t('civic.calls.what')}>
              <ul class="plain-list">
                {detail.assets.map((asset) => (
                  <li key={asset}>
                    <AssetLink id={asset} label={call.assetLabels.get(asset)} />
                  </li>
                ))}
              </ul>
            </Section>
            <Criteria call={call} />
            <Section id="clarifications" title={t('civic.calls.clarifications')}>
              {detail.clarifications.length === 0 ? (
                <p class="quiet">{t('civic.calls.noClarifications')}</p>
              ) : (
                <dl class="questions">
                  {detail.clarifications.map(({ id: each, on, question, answer }) => (
                    <div key={each}>
                      <dt>
                        <Original>{question}</Original>
                      </dt>
                      <dd>
                        <p class="prose">
                          <Original>{answer}</Original>
                        </p>
                        <p class="quiet">
                          <SourceTag of="agency-record" /> <MaybeDay date={on} />
                        </p>
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </Section>
            <CallApplications call={call} running={running} />
            <Ranking call={call} />
            {detail.ended && (
              <Section id="outcome" title={t('civic.calls.outcome')}>
                <p>
                  <SourceTag of={provenanceOf({ type: 'CallAwarded', data: { act: detail.ended.act } })} />{' '}
                  <MaybeDay after={words.code('callEnded', state)} date={detail.ended.on} />.
                </p>
                {detail.ended.reason !== undefined && (
                  <p class="text">
                    <Original>{detail.ended.reason}</Original>
                  </p>
                )}
                <ActOf act={detail.ended.act} />
              </Section>
            )}
            <Attempts call={call} />
            <SourceLegend />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Criteria({ call: { detail } }: { readonly call: CallView }) {
  const words = useWords();
  const { t } = words;
  const all = detail.criteria.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <Section id="criteria" title={t('civic.calls.criteria')}>
      <table class="narrow-table">
        <thead>
          <tr>
            <th scope="col">{t('civic.calls.criterion')}</th>
            <th scope="col" class="numeric">
              {t('civic.calls.weight')}
            </th>
            <th scope="col" class="numeric">
              {t('civic.calls.maximum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.criteria.map(({ code, words: said, weight, maximum }) => (
            <tr key={code}>
              <th scope="row">
                <Original>{said}</Original> <code class="quiet">{code}</code>
              </th>
              <td class="numeric">{words.share(weight / all)}</td>
              <td class="numeric">{words.number(maximum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{t('civic.calls.ties', { how: words.code('tieBreak', detail.tieBreak) })}</p>
    </Section>
  );
}

/** The calls that repeat one another, in their order: how often an asset was offered before somebody took it. */
function Attempts({ call: { id, attempts } }: { readonly call: CallView }) {
  const { t } = useWords();
  if (attempts.length < 2) return null;
  return (
    <Section id="attempts" title={t('civic.calls.attempts')}>
      <ol class="chain">
        {attempts.map(({ id: each, call }) => (
          <li key={each} aria-current={each === id ? 'true' : undefined}>
            {call === undefined ? (
              <span class="quiet">{t('civic.calls.neverPublished', { id: each })}</span>
            ) : (
              <>
                {each === id ? (
                  <strong>{t('civic.calls.thisCall')}</strong>
                ) : (
                  <CivicLink list="calls" id={each}>
                    <Original>{call.object}</Original>
                  </CivicLink>
                )}{' '}
                <StateMark of="callState" state={call.state} /> <Until call={call} />
              </>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
