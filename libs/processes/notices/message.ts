import type { Description, JsonObject, Profile } from '#domain';
import { derivedUuid } from '#domain';
import { addressOf, assetName, wordsFor } from '#web';
import type { OfficeLanguage, Words } from '#web';
import type { NoticeKind } from '../process';

/** A notice on its way to one address. */
export interface Message {
  /** Derived from notice and address: the same message, sent again after a crash, bears the same id and can be told as such. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly language: OfficeLanguage;
  readonly subject: string;
  readonly text: string;
  /** When the notice fell due. */
  readonly date: string;
}

export interface Told {
  readonly id: string;
  readonly notice: NoticeKind;
  readonly at: string;
  readonly facts: JsonObject;
}

export interface Letterhead {
  readonly from: string;
  /** Where the public pages lie, for links; none leaves them out. */
  readonly pages?: string;
}

export const deliveryId = (notice: string, address: string): string => derivedUuid('delivery', notice, address);

/** The message in the words of its reader's language. */
export function messageOf(
  told: Told,
  { to, language }: { readonly to: string; readonly language: OfficeLanguage },
  { from, pages }: Letterhead,
  profile: Profile,
): Message {
  const words = wordsFor(language, profile);
  const facts = { ...told.facts, asset: assetInWords(told.facts, words) };
  const said = (part: 'subject' | 'text'): string =>
    words.filled(words.noticeText(told.notice, part) ?? told.notice, facts);
  const link = linkOf(told.facts, language, pages);
  const closing = words.t('notice.closing');
  return {
    id: deliveryId(told.id, to),
    from,
    to,
    language,
    subject: oneLine(said('subject')),
    text: [said('text'), ...(link === undefined ? [] : [link]), closing].join('\n\n') + '\n',
    date: told.at,
  };
}

/** Facts come from entries, and an entry may hold line breaks; a subject may not. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface AssetFacts extends Pick<Description, 'kind' | 'category' | 'subcategory' | 'title'> {
  readonly id: string;
  readonly municipality?: string;
}

const assetIn = ({ asset }: JsonObject): AssetFacts | undefined =>
  typeof asset === 'object' && asset !== null ? (asset as unknown as AssetFacts) : undefined;

function assetInWords(facts: JsonObject, words: Words): string {
  const asset = assetIn(facts);
  if (!asset) return '';
  const { id, municipality } = asset;
  return [assetName(asset, words), ...(municipality === undefined ? [] : [municipality])].join(', ') + ` (${id})`;
}

function linkOf(facts: JsonObject, language: OfficeLanguage, pages: string | undefined): string | undefined {
  const asset = assetIn(facts);
  return asset && pages !== undefined
    ? pages.replace(/\/$/, '') + addressOf(language, { page: 'asset', id: asset.id })
    : undefined;
}
