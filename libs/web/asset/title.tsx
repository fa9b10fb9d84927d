import type { Description } from '#domain';
import { AssetName, assetName } from '../elements/asset-title';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { AssetView } from './dossier';

/** The description of the moment, or where nothing stood then, today's. */
const descriptionOf = ({ dossier, present }: AssetView): Description | undefined =>
  (dossier.asset ?? present?.asset)?.description;

/** What an asset is called, with its municipality; its id where nothing more is known. */
export function titleOf(view: AssetView, words: Words): string {
  const description = descriptionOf(view);
  if (!description) return view.dossier.id;
  return words.row([assetName(description, words), description.location?.municipality?.name]);
}

/** The same as it is shown. */
export function Title({ view }: { readonly view: AssetView }) {
  const words = useWords();
  const description = descriptionOf(view);
  if (!description) return <>{view.dossier.id}</>;
  const municipality = description.location?.municipality?.name;
  return (
    <>
      <AssetName described={description} words={words} />
      {municipality && words.comma + words.within(municipality)}
    </>
  );
}
