import { useContext } from 'preact/hooks';
import { provenanceOf, representedCircles } from '#domain';
import { Day, MomentInTime } from '../elements/dates';
import { Original } from '../elements/original';
import { SourceLegend, SourceTag } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import { Page } from '../layout/page';
import { shortened } from './calls-pages';
import { ListPage } from './list-page';
import { CivicLink, DayOfOne, DayOfPage } from './on-a-day';
import { ActOf, useDataOf, DocumentOf, Facts, MaybeDay, OrganisationLink, Section, StateMark, Trail, placeOf, recorded } from './parts'; // prettier-ignore
import type { Asking, GroupLine, GroupView, ListView } from './views';

interface ListProps {
  readonly view: ListView<GroupLine>;
  readonly origin: string;
  readonly asking: Asking;
}

/** Groups in which authorities and society sit together. */
export function GroupsPage({ view, origin, asking }: ListProps) {
  const words = useWords();
  const values = representedCircles.map((code) => ({ code, name: words.code('represents', code) }));
  return (
    <ListPage
      view={view}
      origin={origin}
      asking={asking}
      report="dialogue"
      searchable
      choices={[{ name: 'represents', label: words.t('civic.groups.withMembersFor'), values }]}
      item={(group) => <GroupCard group={group} />}
    />
  );
}

function GroupCard({ group }: { readonly group: GroupLine }) {
  const { t } = useWords();
  const place = placeOf(group.municipality, group.province, group.region);
  return (
    <article class="card">
      <h3>
        <CivicLink list="groups" id={group.id}>
          <Original>{group.name}</Original>
        </CivicLink>
      </h3>
      <p class="excerpt">
        <Original>{shortened(group.aims)}</Original>
      </p>
      <p class="card-facts quiet">
        {place && <span>{place}</span>}
        <span>{t('civic.groups.members', { count: group.members })}</span>
        <span>{t('civic.groups.meetings', { count: group.meetings })}</span>
        <span>{t('civic.groups.recommendations', { count: group.recommendations })}</span>
        <SourceTag of={group.provenance} />
        {group.overdue > 0 && <strong class="warn">{t('civic.groups.overdue', { count: group.overdue })}</strong>}
      </p>
    </article>
  );
}

interface PageProps {
  readonly group: GroupView;
  readonly origin: string;
}

/** One group: who sits in it and for whom, what it recommended, and what the authorities said. */
export function GroupPage({ group, origin }: PageProps) {
  const { t } = useWords();
  const { id, name, detail } = group;
  const place = placeOf(group.municipality, group.province, group.region);
  const moment = useContext(DayOfPage);
  const data = useDataOf('groups', id, { about: 'report', id: 'dialogue' });
  return (
    <Page title={name} here={{ page: 'civic', list: 'groups', id, moment }} origin={origin} position={group.position} indexed={moment.asOf === undefined} data={data}>
      <div class="wide asset civic">
        <Trail list="groups" />
        <header class="asset-head">
          <h1>
            <Original>{name}</Original>
          </h1>
          <p class="id">{id}</p>
          <StatusStrip ofOne>
            {t('strip.group', { members: t('civic.groups.members', { count: group.members }), recommendations: t('civic.groups.recommendations', { count: group.recommendations }), answered: group.answered })}
          </StatusStrip>
          <p class="lead prose">
            <Original>{group.aims}</Original>
          </p>
        </header>
        <DayOfOne list="groups" id={id} what={name} />
        <div class="asset-columns">
          <div class="asset-side">
            <Section id="facts" title={t('asset.facts')}>
              <Facts
                rows={[
                  { name: t('civic.groups.formedOn'), value: <MaybeDay date={group.formedOn} /> },
                  recorded(t('civic.groups.worksFor'), place),
                  { name: t('civic.groups.quorum'), value: t('civic.groups.quorumIs', { percent: group.quorumPercent }) },
                ]}
              />
              <ActOf act={detail.act} />
            </Section>
            <Members group={group} />
          </div>
          <div class="civic-main">
            <Recommendations group={group} />
            <Meetings group={group} />
            <SourceLegend />
          </div>
        </div>
      </div>
    </Page>
  );
} // prettier-ignore

function Members({ group: { detail, names } }: { readonly group: GroupView }) {
  const words = useWords();
  const { t } = words;
  return (
    <Section id="members" title={t('civic.groups.membersTitle')}>
      <ul class="plain-list members">
        {detail.members.map(({ id, represents, organisation, from, left }) => (
          <li key={id} class={left ? 'quiet' : undefined}>
            {organisation === undefined ? (
              <span>{t('civic.groups.aPerson')}</span>
            ) : (
              <OrganisationLink id={organisation} name={names.get(organisation)} />
            )}
            , {t('civic.groups.speaksFor', { whom: words.code('represents', represents) })}{' '}
            <span class="quiet">
              (<MaybeDay after={t('civic.groups.since')} date={from} />
              {left && (
                <>
                  {' '}
                  <MaybeDay after={t('civic.groups.until')} date={left.on} />: {words.code('reason', left.reason)}
                </>
              )}
              )
            </span>
          </li>
        ))}
      </ul>
      {detail.members.some(({ organisation }) => organisation === undefined) && (
        <p class="quiet small">{t('civic.groups.personsUnnamed')}</p>
      )}
    </Section>
  );
}

function Recommendations({ group: { detail, states } }: { readonly group: GroupView }) {
  const words = useWords();
  const { comma, t } = words;
  return (
    <Section id="recommendations" title={t('civic.groups.recommendationsTitle')}>
      {detail.recommendations.length === 0 && <p class="quiet">{t('civic.groups.noRecommendations')}</p>}
      {detail.recommendations.map(({ id, adoptedOn, addressedTo, text, answerBy, votes, answer }) => (
        <article class="said" key={id} id={`recommendation-${id}`}>
          <p class="card-facts">
            <StateMark of="threadState" state={states.get(id) ?? 'awaited'} />
            <span>{t('civic.dialogues.to', { authority: addressedTo })}</span>
            <span>
              <Day after={t('civic.groups.answerBy')} date={answerBy} />
            </span>
          </p>
          <p class="prose">
            <Original>{text}</Original>
          </p>
          <p class="quiet">
            <SourceTag of="civic-report" /> <MaybeDay date={adoptedOn} />
            {comma}
            {t('civic.groups.votes', { ...votes })}
          </p>
          {answer && (
            <div class="reply">
              <p>
                <strong>{t('civic.groups.answer', { outcome: words.code('outcome', answer.outcome) })}</strong>{' '}
                <SourceTag of={provenanceOf({ type: 'RecommendationAnswered', data: { document: answer.document } })} />{' '}
                <span class="quiet">
                  <Original>{answer.answeringOffice}</Original>
                  {comma}
                  <MomentInTime instant={answer.at} />
                </span>
              </p>
              <p class="prose">
                <Original>{answer.reasons}</Original>
              </p>
              <DocumentOf document={answer.document} />
            </div>
          )}
        </article>
      ))}
    </Section>
  );
}

function Meetings({ group: { detail } }: { readonly group: GroupView }) {
  const { comma, t } = useWords();
  return (
    <Section id="meetings" title={t('civic.groups.meetingsTitle')}>
      {detail.meetings.length === 0 && <p class="quiet">{t('civic.groups.noMeetings')}</p>}
      <ol class="chain">
        {detail.meetings.map(({ id, on, place, agenda, present, minutes }) => (
          <li key={id}>
            <p>
              <MaybeDay date={on} />
              {comma}
              <Original>{place}</Original>
              {comma}
              {t('civic.groups.present', { count: present.length })}
            </p>
            <ul>
              {agenda.map((point, at) => (
                <li key={at}>
                  <Original>{point}</Original>
                </li>
              ))}
            </ul>
            <DocumentOf document={minutes} />
          </li>
        ))}
      </ol>
    </Section>
  );
} // prettier-ignore
