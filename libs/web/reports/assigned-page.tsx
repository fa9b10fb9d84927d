import { addressOf, dataAddress } from '../addresses';
import { NotRecorded } from '../elements/nothing';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { SourceMark } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { ReportFrame, ReportList, asOf, codeOfPart, nothingIn, without } from './frame';
import { AssetCell, Cell, ListTable } from './list-parts';
import type { AssignedLineOfList, AssignedView } from './view';

const parts = ['whole', 'consistency', 'destination', 'use', 'holder'] as const;
const titles = { region: 'byRegion', province: 'byProvince', municipality: 'byMunicipality' } as const;

/** The list of assigned assets, and how complete it is. */
export function AssignedPage({ view, origin }: { readonly view: AssignedView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <ReportFrame
      view={view}
      origin={origin}
      status={statusOf(view, words)}
      files={[
        {
          href: dataAddress.municipalities(without(view.address)),
          form: 'csv',
          part: t('reports.assigned.everyMunicipality'),
        },
      ]}
    >
      {view.total.assets > 0 && (
        <div class="report-pair">
          <Completeness view={view} />
          {view.areas.parts.length > 0 && <Areas view={view} />}
        </div>
      )}
      <ReportList view={view} title={t('reports.assigned.list')}>
        <Assets view={view} />
      </ReportList>
    </ReportFrame>
  );
}

function statusOf(view: AssignedView, words: Words): string {
  const { t } = words;
  const { assets, heldByThirdParties, completeness } = view.total;
  if (assets === 0) return nothingIn(view, words);
  const counted = {
    assets: t('reports.assigned.assets', { count: assets }),
    held: t('reports.assigned.thirdParties', { count: heldByThirdParties }),
  };
  const { whole } = completeness;
  return whole === null ? t('strip.assigned', counted) : t('strip.assignedScore', { ...counted, score: whole });
}

/** A score as a bar beside its number. */
function Score({ score }: { readonly score: number }) {
  const words = useWords();
  return (
    <span class="score">
      <svg class="bar" width="100%" height="10" aria-hidden="true">
        <rect class="bar-track" width="100%" height="10" rx="2" />
        <rect class="bar-fill" width={`${score}%`} height="10" rx="2" />
      </svg>
      {words.number(score)}
    </span>
  );
}

function Completeness({ view: { total } }: { readonly view: AssignedView }) {
  const words = useWords();
  const { t } = words;
  const title = t('reports.assigned.completeness');
  return (
    <section aria-labelledby="completeness">
      <h2 id="completeness">{title}</h2>
      <p class="quiet">{t('reports.assigned.completenessLead')}</p>
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <tbody>
            {parts.map((part) => {
              const score = total.completeness[part];
              return (
                <tr key={part} class={part === 'whole' ? 'subtotal' : undefined}>
                  <th scope="row">{t(`reports.assigned.${part}`)}</th>
                  <td class="numeric">{score === null ? <span class="quiet">–</span> : <Score score={score} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function Areas({ view: { areas, address } }: { readonly view: AssignedView }) {
  const words = useWords();
  const { t, language } = words;
  const { by } = areas;
  const title = t(`reports.assigned.${titles[by as keyof typeof titles]}`);
  return (
    <section aria-labelledby="by-area">
      <h2 id="by-area">{title}</h2>
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`reports.filter.${by as keyof typeof titles}`)}</th>
              <th scope="col" class="numeric">
                {t('reports.assigned.assetsColumn')}
              </th>
              <th scope="col" class="numeric">
                {t('reports.assigned.completeness')}
              </th>
            </tr>
          </thead>
          <tbody>
            {areas.parts.map(({ code, name, assets, completeness }) => (
              <tr key={code}>
                <th scope="row">
                  <a
                    href={addressOf(language, {
                      page: 'assigned',
                      query: { ...without(address), [by]: codeOfPart(by, code) },
                    })}
                  >
                    {name ?? code ?? t('reports.notStated')}
                  </a>
                </th>
                <td class="numeric">{words.number(assets)}</td>
                <td class="numeric">
                  {completeness.whole === null ? <NotRecorded /> : <Score score={completeness.whole} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function Assets({ view: { lines, address } }: { readonly view: AssignedView }) {
  const words = useWords();
  const { t } = words;
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.assigned.purpose') },
    { text: t('reports.assigned.holderColumn') },
    { text: t('reports.assigned.use') },
    { text: t('reports.assigned.completeness'), numeric: true },
  ];
  return (
    <ListTable caption={t('reports.assigned.listCaption')} heads={heads}>
      {lines.map((line) => (
        <tr role="row" key={line.asset}>
          <AssetCell line={line} moment={asOf(address)} />
          <Cell>
            {line.purpose !== null && words.code('purpose', line.purpose)}
            {line.holder && line.recipient !== null && (
              <span class="beside">
                <Original>{line.recipient}</Original>
              </span>
            )}
          </Cell>
          <Cell>
            <HolderOf line={line} />
          </Cell>
          <Cell>
            <span class={`tag tag-${line.use}`}>{words.code('useStanding', line.use)}</span>
          </Cell>
          <Cell numeric label={t('reports.assigned.completeness')}>
            <Score score={line.completeness.whole} />
            <Missing pieces={line.completeness.missing} />
          </Cell>
        </tr>
      ))}
    </ListTable>
  );
}

/** What the line ought to say and does not. */
function Missing({ pieces }: { readonly pieces: readonly string[] }) {
  const words = useWords();
  if (pieces.length === 0) return null;
  return (
    <details class="beside missing">
      <summary>{words.t('reports.assigned.missing', { count: pieces.length })}</summary>
      {pieces.map((piece) => words.code('linePiece', piece)).join(words.comma)}
    </details>
  );
}

function HolderOf({ line: { holder, recipient, provenance } }: { readonly line: AssignedLineOfList }) {
  const words = useWords();
  const { t } = words;
  if (!holder)
    return recipient === null ? (
      <NotRecorded />
    ) : (
      <>
        {t('reports.assigned.bodyItself', { name: recipient })} <SourceMark of={provenance} />
      </>
    );
  const { name, object, from, to, renewal, charge } = holder;
  return (
    <>
      <Original>{name}</Original> <SourceMark of={provenance} />
      <span class="beside">
        <Original>{object}</Original>
      </span>
      <span class="beside">
        {words.row([
          actOf(holder, words),
          t('reports.assigned.duration', { from: words.day(from), to: words.day(to) }),
          charge === null ? undefined : words.code('charge', charge),
        ])}
      </span>
      {renewal && (
        <span class="beside">
          {words.row([
            t('reports.renewedFrom', { from: words.day(renewal.from), to: words.day(renewal.to) }),
            actOf(renewal, words),
          ])}
        </span>
      )}
    </>
  );
}

function actOf(
  { actNumber: number, actDate }: Pick<NonNullable<AssignedLineOfList['holder']>, 'actNumber' | 'actDate'>,
  words: Words,
): string | undefined {
  const date = actDate === null ? undefined : words.day(actDate);
  if (number !== null && date !== undefined) return words.t('reports.assigned.actDated', { number, date });
  if (number !== null) return words.t('reports.assigned.act', { number });
  return date === undefined ? undefined : words.t('reports.assigned.actOf', { date });
}
