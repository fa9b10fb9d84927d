import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import { DayOfPage } from '../civic/on-a-day';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

interface HelpProps {
  readonly asset: string;
  /** The entry by which the need was made public, and what it says. */
  readonly need: string;
  readonly title: string | null;
}

/** How somebody offers what is needed: a message to whoever manages the asset, begun with the need; where no form is offered, how it is done. */
export function HelpLink({ asset, need, title }: HelpProps) {
  const { t, language } = useWords();
  const { asking } = useContext(PlaceOfPage);
  // What was needed on another day may have been given since.
  if (useContext(DayOfPage).asOf !== undefined) return null;
  const address =
    asking === undefined
      ? addressOf(language, { page: 'guide', guide: 'company' })
      : asking + addressOf(language, { page: 'ask', subject: { about: 'asset', id: asset }, need });
  return (
    <a class="help" href={address} rel="nofollow">
      {t('reports.support.weCanHelp')}
      {title !== null && <span class="hidden">: {title}</span>}
    </a>
  );
}
