import type { ComponentChildren } from 'preact';
import { provenanceOf } from '#domain';
import type { Asset, Entry } from '#domain';
import { addressOf } from '../addresses';
import { Day } from '../elements/dates';
import { WithheldValue } from '../elements/nothing';
import { Original } from '../elements/original';
import { SourceMark } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { AssetView } from './dossier';
import { withheldIn } from './story';
import type { Withheld } from './story';

interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
  /** The entry it rests on; none for what is said of no entry. */
  readonly from?: Entry | undefined;
}

/** What is known of an asset at a glance. What is withheld says so; what no source states says that. */
export function KeyFacts({ view, asset }: { readonly view: AssetView; readonly asset: Asset }) {
  const words = useWords();
  return (
    <dl class="facts">
      {factsOf(view, asset, words).map(({ name, value, from }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {from && <SourceMark of={provenanceOf(from)} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const described = ['AssetSeized', 'AssetDescribed'];
/** Entries whose fields are facts of the asset; what others keep back is said beside them in the timeline. */
const aboutTheAsset = [...described, 'AdministratorAppointed'];

function factsOf(view: AssetView, asset: Asset, words: Words): Fact[] {
  const { t } = words;
  const { description, seizure, final, destination, transfer, administrator, problems } = asset;
  const missing = <span class="quiet">{t('asset.notStated')}</span>;
  const happened = (on: string | null): ComponentChildren => (on === null ? missing : <Day date={on} />);
  const when = (condition: unknown, name: string, value: () => ComponentChildren, from?: Entry): Fact[] =>
    condition ? [{ name, value: value(), from }] : [];
  /** The latest entry in force of these types, where a field is named that speaks of it. */
  const latest = (types: readonly string[], field?: string): Entry | undefined =>
    view.dossier.inForce.findLast(
      ({ type, data }) => types.includes(type) && (field === undefined || data[field] !== undefined),
    );
  const describing = (field: string): Entry | undefined => latest(described, field);
  const { address, others } = withheldOf(view);
  return [
    { name: t('asset.kind'), value: words.code('kind', description.kind), from: describing('kind') },
    {
      name: t('asset.category'),
      value: description.category ? words.code('category', description.category) : missing,
      from: describing('category'),
    },
    ...when(
      description.subcategory,
      t('asset.subcategory'),
      () => <Original>{description.subcategory}</Original>,
      describing('subcategory'),
    ),
    { name: t('asset.place'), value: <Place asset={asset} />, from: describing('location') },
    {
      name: t('asset.address'),
      value:
        (description.address && words.within(description.address)) ??
        (address ? <WithheldValue reason={address.classification} /> : missing),
      from: describing('address'),
    },
    {
      name: t('asset.coordinates'),
      value: description.coordinates ? coordinatesInWords(asset, words) : missing,
      from: describing('coordinates'),
    },
    ...when(
      description.share,
      t('asset.share'),
      () => words.percent(description.share ?? 0),
      latest([...described, 'ConfiscationBecameFinal'], 'share'),
    ),
    {
      name: t('asset.value'),
      value: description.estimatedValue ? words.money(description.estimatedValue) : missing,
      from: latest(['AssetValued']) ?? describing('estimatedValue'),
    },
    { name: t('asset.seizedOn'), value: happened(seizure.on), from: latest(['AssetSeized']) },
    ...when(final, t('asset.finalOn'), () => happened(final!.on), latest(['ConfiscationBecameFinal'])),
    ...proceedingOf(view, words),
    ...when(
      destination,
      t('asset.destination'),
      () => words.row([words.code('purpose', destination!.purpose), destination!.recipient]),
      latest(['DestinationDecided']),
    ),
    ...when(transfer, t('asset.transferredTo'), () => transfer!.to, latest(['AssetTransferred'])),
    ...when(
      administrator,
      t('asset.administrator'),
      () => words.code('office', administrator!.office),
      latest(['AdministratorAppointed']),
    ),
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
      from: problems.length === 0 ? undefined : latest(['ProblemRecorded']),
    },
    ...(description.identifiers ?? []).map(({ scheme, id }) => ({
      name: view.profile.identifierSchemes[scheme] ?? scheme,
      value: <code>{id}</code>,
      from: describing('identifiers'),
    })),
    ...when(
      description.remarks,
      t('asset.remarks'),
      () => <Original>{description.remarks}</Original>,
      describing('remarks'),
    ),
    ...others.map(({ field, classification }) => ({
      name: words.field(field),
      value: <WithheldValue reason={classification} />,
    })),
  ];
}

/** Each area leads to its page. */
function Place({ asset }: { readonly asset: Asset }) {
  const { t, language, comma } = useWords();
  const { municipality, province, region } = asset.description.location ?? {};
  const areas = [municipality, province, region].filter((area) => area !== undefined);
  if (areas.length === 0) return <span class="quiet">{t('asset.notStated')}</span>;
  return (
    <>
      {areas.map(({ code, name }, place) => (
        <span key={place}>
          {place > 0 && comma}
          <a href={addressOf(language, { page: 'area', code })}>{name}</a>
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

/** What the entries in force keep back: the address by itself, for it has a place among the facts, and each other field once. */
function withheldOf({ dossier }: AssetView): { address?: Withheld; others: readonly Withheld[] } {
  const standing = new Set(dossier.inForce.map(({ id }) => id));
  const byField = new Map(
    dossier.entries
      .filter(({ id, type }) => standing.has(id) && aboutTheAsset.includes(type))
      .flatMap((entry) => withheldIn(entry))
      .map((each) => [each.field, each]),
  );
  const address = byField.get('protectedAddress');
  return { ...(address && { address }), others: [...byField.values()].filter((each) => each !== address) };
}

function proceedingOf({ dossier }: AssetView, words: Words): Fact[] {
  const seizure = dossier.inForce.find(({ type }) => type === 'AssetSeized');
  const proceeding = seizure?.data.proceeding;
  if (typeof proceeding !== 'object' || proceeding === null) return [];
  const { number, court, district, kind } = proceeding as Readonly<Record<string, unknown>>;
  const parts = [typeof kind === 'string' ? words.code('kind', kind) : undefined, number, court, district];
  const said = parts.map((part) => (typeof part === 'string' ? part : undefined));
  return [{ name: words.t('asset.proceeding'), value: words.row(said), from: seizure }];
}
