import { useContext } from 'preact/hooks';
import { organisationKinds, provenanceOf } from '#domain';
import { addressOf } from '../addresses';
import { Original } from '../elements/original';
import { Day } from '../elements/dates';
import { SourceLegend, SourceTag } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { MoneyReceived, SupportOffered } from './dealings';
import type { Dealings } from './dealings';
import { ListPage } from './list-page';
import { CivicLink, DayOfOne, DayOfPage } from './on-a-day';
import { ActOf, AssetLink, useDataOf, Facts, MaybeDay, MaybeLink, Section, StateMark, Trail, fact, placeOf, recorded } from './parts'; // prettier-ignore
import type { Asking, HoldingView, ListView, OrganisationLine, OrganisationView } from './views';

const standings = ['verified', 'not-verified', 'suspended'] as const;

interface ListProps {
  readonly view: ListView<OrganisationLine>;
  readonly origin: string;
  readonly asking: Asking;
}

/** The organisations the registry knows, and how much each holds. */
export function OrganisationsPage({ view, origin, asking }: ListProps) {
  const words = useWords();
  const named = (of: string, codes: readonly string[]) => codes.map((code) => ({ code, name: words.code(of, code) }));
  return (
    <ListPage
      view={view}
      origin={origin}
      asking={asking}
      report="organisations"
      searchable
      status={countedIn(view, words)}
      choices={[
        { name: 'kind', label: words.field('kind'), values: named('kind', organisationKinds) },
        { name: 'standing', label: words.t('civic.organisations.standing'), values: named('standing', standings) },
      ]}
      item={(organisation) => <OrganisationCard organisation={organisation} />}
    />
  );
}

/** How many of all organisations may be given an asset; undefined where something is chosen. */
function countedIn({ counts, query, total }: ListView<OrganisationLine>, words: Words): string | undefined {
  const counted = counts?.standing;
  if (!counted || total === 0 || Object.values(query).some((value) => value !== undefined)) return undefined;
  const states = standings
    .filter((standing) => standing === 'verified' || (counted[standing] ?? 0) > 0)
    .map((standing) => words.t(`civic.organisations.counted.${standing}`, { count: counted[standing] ?? 0 }));
  return words.t('civic.organisations.counted.ofOrganisations', { count: total, states: words.list(states) });
}

function OrganisationCard({ organisation }: { readonly organisation: OrganisationLine }) {
  const words = useWords();
  const { t } = words;
  const { id, name, kind, standing, holds, held, applications } = organisation;
  const seat = placeOf(organisation.municipality, organisation.province, organisation.region);
  return (
    <article class="card">
      <h3>
        <CivicLink list="organisations" id={id}>
          <Original>{name}</Original>
        </CivicLink>
      </h3>
      <p class="card-facts">
        <StateMark of="standing" state={standing} />
        <span>{words.code('kind', kind)}</span>
        {seat && <span>{seat}</span>}
      </p>
      <p class="card-facts quiet">
        <span>{t('civic.organisations.holds', { count: holds })}</span>
        {held > 0 && <span>{t('civic.organisations.held', { count: held })}</span>}
        {applications > 0 && <span>{t('civic.organisations.applied', { count: applications })}</span>}
      </p>
    </article>
  );
}

interface PageProps {
  readonly organisation: OrganisationView;
  readonly dealings: Dealings;
  readonly origin: string;
  /** Names of identifier schemes in the field's own words. */
  readonly schemes: Readonly<Record<string, string>>;
}

/** One organisation: who it is, whether it may be given an asset, what it holds, held and applied for. */
export function OrganisationPage({ organisation, dealings, origin, schemes }: PageProps) {
  const words = useWords();
  const { t } = words;
  const { id, name, detail, standing, holdings } = organisation;
  const seat = placeOf(organisation.municipality, organisation.province, organisation.region);
  const present = holdings.filter(({ inForce, inHands }) => inForce || inHands);
  const past = holdings.filter((each) => each.status === 'signed' && !present.includes(each));
  const proposals = holdings.filter(({ status }) => status !== 'signed');
  const moment = useContext(DayOfPage);
  const data = useDataOf('organisations', id, { about: 'report', id: 'organisations' });
  return (
    <Page
      title={name}
      here={{ page: 'civic', list: 'organisations', id, moment }}
      origin={origin}
      position={organisation.position}
      indexed={moment.asOf === undefined}
      data={data}
    >
      <div class="wide asset civic">
        <Trail list="organisations" />
        <header class="asset-head">
          <h1>
            <Original>{name}</Original>
          </h1>
          <p class="id">{id}</p>
          <p class="status">
            <StateMark of="standing" state={standing} />
            <span>{words.code('standingMeans', standing)}</span>
          </p>
          <StatusStrip ofOne>
            {t('strip.organisation', {
              holds: t('civic.organisations.holds', { count: organisation.holds }),
              applications: t('civic.organisations.applied', { count: organisation.applications }),
              awards: organisation.awards,
            })}
          </StatusStrip>
        </header>
        <DayOfOne list="organisations" id={id} what={name} />
        <div class="asset-columns">
          <div class="asset-side">
            <Section id="facts" title={t('asset.facts')}>
              <Facts
                rows={[
                  { name: words.field('kind'), value: words.code('kind', organisation.kind) },
                  recorded(words.field('legalForm'), organisation.legalForm, (form) => words.code('legalForm', form)),
                  fact(words.field('legalFormInWords'), detail.legalFormInWords, (form) => <Original>{form}</Original>),
                  recorded(words.field('seat'), seat),
                  recorded(words.field('website'), detail.website, (website) => <MaybeLink text={website} />),
                  { name: t('civic.organisations.registeredOn'), value: <MaybeDay date={organisation.registeredOn} /> },
                  ...organisation.identifiers.map((identifier) => ({
                    name: schemes[identifier.scheme] ?? identifier.scheme,
                    value: <code>{identifier.id}</code>,
                  })),
                  recorded(words.field('owners'), detail.owners, ({ owners, basis }) =>
                    t('civic.organisations.owners', { count: owners, basis: words.code('basis', basis) }),
                  ),
                  recorded(words.field('aims'), detail.aims, (aims) => <Original>{aims}</Original>),
                ]}
              />
            </Section>
          </div>
          <div class="civic-main">
            <Section id="holds" title={t('civic.organisations.holdsTitle')}>
              {organisation.proposals > holdings.length && (
                <p class="quiet">
                  {t('civic.organisations.onlySome', { shown: holdings.length, count: organisation.proposals })}{' '}
                  <a href={addressOf(words.language, { page: 'assigned' })}>{t('civic.organisations.allAssigned')}</a>
                </p>
              )}
              <Holdings view={organisation} holdings={present} none={t('civic.organisations.holdsNothing')} />
            </Section>
            {past.length > 0 && (
              <Section id="held" title={t('civic.organisations.heldTitle')}>
                <Holdings view={organisation} holdings={past} none="" />
              </Section>
            )}
            {proposals.length > 0 && (
              <Section id="proposals" title={t('civic.organisations.proposalsTitle')}>
                <Holdings view={organisation} holdings={proposals} none="" />
              </Section>
            )}
            <Applied view={organisation} />
            <MoneyReceived dealings={dealings} />
            <SupportOffered dealings={dealings} />
            <History view={organisation} />
          </div>
        </div>
      </div>
    </Page>
  );
}

interface HoldingsProps {
  readonly view: OrganisationView;
  readonly holdings: readonly HoldingView[];
  readonly none: string;
}

function Holdings({ view, holdings, none }: HoldingsProps) {
  if (holdings.length === 0) return <p class="quiet">{none}</p>;
  return (
    <ul class="cards">
      {holdings.map((holding, place) => (
        <li key={place}>
          <article class="card">
            <h3>
              <AssetLink id={holding.asset} label={view.assetLabels.get(holding.asset)} />
            </h3>
            <HoldingFacts holding={holding} />
          </article>
        </li>
      ))}
    </ul>
  );
}

function HoldingFacts({ holding }: { readonly holding: HoldingView }) {
  const words = useWords();
  const { t } = words;
  const { status, from, to, renewal, renewals, suspended, inForce, inHands, endedCause, endedReason, endedOn, call } = holding;
  return (
    <>
      {holding.object !== null && (
        <p>
          <Original>{holding.object}</Original>
        </p>
      )}
      <p class="card-facts">
        {status !== 'signed' && <StateMark of="proposalState" state={status} />}
        {status === 'signed' && <StateMark of="agreementState" state={suspended ? 'suspended' : inForce ? 'in-force' : 'ended'} />}
        {from !== null && to !== null && (
          <span>
            {t('civic.organisations.period')} <Day date={from} /> – <Day date={to} />
          </span>
        )}
        {renewal && <span>{t('reports.renewedFrom', { from: words.day(renewal.from), to: words.day(renewal.to) })}</span>}
        {renewals > 0 && <span>{t('civic.organisations.renewed', { count: renewals })}</span>}
      </p>
      <p class="card-facts quiet">
        {holding.handedOverOn !== null && (
          <span>
            <Day after={t('civic.organisations.handedOver')} date={holding.handedOverOn} />
          </span>
        )}
        {endedCause !== null && (
          <span>
            {words.code('cause', endedCause)}
            {endedReason !== null && `: ${words.code('reason', endedReason)}`} (<MaybeDay date={endedOn} />)
          </span>
        )}
        {holding.returnedOn !== null && (
          <span>
            <Day after={t('civic.organisations.returned')} date={holding.returnedOn} />
          </span>
        )}
        {!inForce && inHands && <strong>{t('civic.organisations.notReturned')}</strong>}
        {call !== null && (
          <span>
            <CivicLink list="calls" id={call}>
              {t('civic.organisations.byCall')}
            </CivicLink>
          </span>
        )}
      </p>
    </>
  );
} // prettier-ignore

function Applied({ view: { appliedFor, callObjects, groups } }: { readonly view: OrganisationView }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      {appliedFor.length > 0 && (
        <Section id="applied" title={t('civic.organisations.appliedTitle')}>
          <ul class="plain-list">
            {appliedFor.map(({ call, status, awarded }, place) => (
              <li key={place}>
                <CivicLink list="calls" id={call}>
                  <Original>{callObjects.get(call) ?? call}</Original>
                </CivicLink>{' '}
                <StateMark of="applicationState" state={awarded ? 'awarded' : status} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {groups.length > 0 && (
        <Section id="sits" title={t('civic.organisations.groupsTitle')}>
          <ul class="plain-list">
            {groups.map(({ id, name, represents, left }, place) => (
              <li key={place}>
                <CivicLink list="groups" id={id}>
                  <Original>{name}</Original>
                </CivicLink>
                , {t('civic.groups.speaksFor', { whom: words.code('represents', represents) })}
                {left && ` (${t('civic.groups.hasLeft')})`}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function History({ view: { detail } }: { readonly view: OrganisationView }) {
  const words = useWords();
  const { t } = words;
  if (detail.history.length === 0) return null;
  return (
    <Section id="standing" title={t('civic.organisations.historyTitle')}>
      <ol class="chain">
        {detail.history.map(({ id, type, on, reason, details, checks, act }) => (
          <li key={id}>
            <p>
              <SourceTag of={provenanceOf({ type, data: { act } })} /> <MaybeDay date={on} />:{' '}
              {words.code('standingChange', type)}
              {reason !== undefined && ` ${words.code('reason', reason)}.`}
              {checks && ` ${t('civic.organisations.checked', { what: checks.map((each) => words.code('checks', each)) })}`}
            </p>
            {details !== undefined && (
              <p class="text">
                <Original>{details}</Original>
              </p>
            )}
            <ActOf act={act} />
          </li>
        ))}
      </ol>
      <SourceLegend />
    </Section>
  );
} // prettier-ignore
