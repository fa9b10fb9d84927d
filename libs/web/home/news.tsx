import type { AssetId, JsonObject } from '#domain';
import { addressOf, feedAddress } from '../addresses';
import { sentenceOf } from '../asset/sentence';
import { AssetName } from '../elements/asset-title';
import { useWords } from '../language/speaking';

/** An entry that was written down lately. */
export interface NewEntry {
  readonly asset: AssetId;
  readonly revision: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly recordedAt: string;
  /** What the register says of the asset today; undefined where its dossier was annulled. */
  readonly item:
    | {
        readonly kind: string;
        readonly category: string | null;
        readonly subcategory: string | null;
        readonly title: string | null;
        readonly municipality: string | null;
      }
    | undefined;
}

/** What was written down last, each with the way to it. */
export function News({ news, area }: { readonly news: readonly NewEntry[]; readonly area?: string }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section aria-labelledby="news" class="news">
      <h2 id="news">{t('home.news')}</h2>
      <ol>
        {news.map(({ asset, revision, type, data, recordedAt, item }) => (
          <li key={`${asset}-${revision}`}>
            <time dateTime={recordedAt} class="quiet">
              {words.instant(recordedAt)}
            </time>
            <p>
              <a href={`${addressOf(language, { page: 'asset', id: asset })}#entry-${revision}`}>
                {item ? <AssetName described={item} words={words} /> : asset}
                {item?.municipality && words.comma + words.within(item.municipality)}
              </a>
            </p>
            <p>{sentenceOf(type, data, words) ?? type}</p>
          </li>
        ))}
      </ol>
      <p>
        <a href={feedAddress(language, area === undefined ? { page: 'home' } : { page: 'area', code: area })}>
          {t('home.follow')}
        </a>
      </p>
    </section>
  );
}
