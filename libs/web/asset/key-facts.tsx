import type { ComponentChildren } from 'preact';
import type { Asset } from '#domain';
import { addressOf } from '../addresses';
import { Day } from '../elements/dates';
import { Original } from '../elements/original';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { AssetView } from './dossier';
import { withheldIn } from './story';

interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
}

/** What is known of an asset at a glance. What is withheld says so; what no source states says that. */
export function KeyFacts({ view, asset }: { readonly view: AssetView; readonly asset: Asset }) {
  const words = useWords();
  return (
    <dl class="facts">
      {factsOf(view, asset, words).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(view: AssetView, asset: Asset, words: Words): Fact[] {
  const { t } = words;
  const { description, seizure, final, destination, transfer, administrator, problems } = asset;
  const missing = <span class="quiet">{t('asset.notStated')}</span>;
  const happened = (on: string | null): ComponentChildren => (on === null ? missing : <Day date={on} />);
  const when = (condition: unknown, name: string, value: () => ComponentChildren): Fact[] =>
    condition ? [{ name, value: value() }] : [];
  return [
    { name: t('asset.kind'), value: words.code('kind', description.kind) },
    { name: t('asset.category'), value: description.category ? words.code('category', description.category) : missing },
    ...when(description.subcategory, t('asset.subcategory'), () => <Original>{description.subcategory}</Original>),
    { name: t('asset.place'), value: <Place asset={asset} /> },
    {
      name: t('asset.address'),
      value:
        (description.address && words.within(description.address)) ??
        (withholdsAddress(view) ? <em>{t('asset.withheldRestricted')}</em> : missing),
    },
    ...when(description.coordinates, t('asset.coordinates'), () => coordinatesInWords(asset, words)),
    ...when(description.share, t('asset.share'), () => words.percent(description.share ?? 0)),
    ...when(description.estimatedValue, t('asset.value'), () => words.money(description.estimatedValue!)),
    { name: t('asset.seizedOn'), value: happened(seizure.on) },
    ...when(final, t('asset.finalOn'), () => happened(final!.on)),
    ...proceedingOf(view, words),
    ...when(destination, t('asset.destination'), () =>
      words.row([words.code('purpose', destination!.purpose), destination!.recipient]),
    ),
    ...when(transfer, t('asset.transferredTo'), () => transfer!.to),
    ...when(administrator, t('asset.administrator'), () => words.code('office', administrator!.office)),
    {
      name: t('asset.problems'),
      value:
        problems.length === 0
          ? t('asset.noProblems')
          : problems
              .map(({ kind, blocking }) => {
                const problem = words.code('kind', kind);
                return blocking ? t('asset.problemBlocking', { problem }) : problem;
              })
              .join('; '),
    },
    ...(description.identifiers ?? []).map(({ scheme, id }) => ({
      name: view.profile.identifierSchemes[scheme] ?? scheme,
      value: <code>{id}</code>,
    })),
    ...when(description.remarks, t('asset.remarks'), () => <Original>{description.remarks}</Original>),
  ];
}

/** Each area leads to what else the register has there. */
function Place({ asset }: { readonly asset: Asset }) {
  const words = useWords();
  const { municipality, province, region } = asset.description.location ?? {};
  const regionQuery = region && { region: region.code };
  const provinceQuery = province && { ...regionQuery, province: province.code };
  const areas = [
    municipality && {
      name: municipality.name,
      query: provinceQuery && { ...provinceQuery, municipality: municipality.code },
    },
    province && { name: province.name, query: provinceQuery },
    region && { name: region.name, query: regionQuery },
  ].filter((area) => area !== undefined);
  if (areas.length === 0) return <span class="quiet">{words.t('asset.notStated')}</span>;
  return (
    <>
      {areas.map(({ name, query }, place) => (
        <span key={place}>
          {place > 0 && words.comma}
          {query ? <a href={addressOf(words.language, { page: 'register', query })}>{name}</a> : name}
        </span>
      ))}
    </>
  );
}

function coordinatesInWords({ description: { coordinates } }: Asset, words: Words): string {
  if (!coordinates) return '';
  return words.t('asset.precision', {
    latitude: words.number(coordinates.latitude),
    longitude: words.number(coordinates.longitude),
    precision: words.code('precision', coordinates.precision),
  });
}

const withholdsAddress = ({ dossier }: AssetView): boolean =>
  dossier.entries.some((entry) => withheldIn(entry).some(({ field }) => field === 'protectedAddress'));

function proceedingOf({ dossier }: AssetView, words: Words): Fact[] {
  const seizure = dossier.inForce.find(({ type }) => type === 'AssetSeized');
  const proceeding = seizure?.data.proceeding;
  if (typeof proceeding !== 'object' || proceeding === null) return [];
  const { number, court, district, kind } = proceeding as Readonly<Record<string, unknown>>;
  const parts = [typeof kind === 'string' ? words.code('kind', kind) : undefined, number, court, district];
  const said = parts.map((part) => (typeof part === 'string' ? part : undefined));
  return [{ name: words.t('asset.proceeding'), value: words.row(said) }];
}
