import { addressOf, guides, reportPages } from '../addresses';
import type { Target } from '../addresses';
import { terms } from '../guides/guides';
import type { Words } from '../language/words';

/** A page or a part of one that explains something. */
export interface TextLine {
  readonly title: string;
  readonly text: string;
  readonly href: string;
}

/** The words explained, the guides and the reports, in the language of the page; those whose name has the words first. */
export function textsWith(holds: (text: string) => boolean, words: Words): readonly TextLine[] {
  const { t, language } = words;
  const page = (target: Target, title: string, text: string): TextLine => ({ title, text, href: addressOf(language, target) }); // prettier-ignore
  const all: readonly TextLine[] = [
    ...terms.map((term) => ({
      title: words.named(`guides.glossary.term.${term}.name`) ?? '',
      text: words.named(`guides.glossary.term.${term}.text`) ?? '',
      href: `${addressOf(language, { page: 'guide', guide: 'glossary' })}#${term}`,
    })),
    ...guides.map((guide) => page({ page: 'guide', guide }, t(`guides.${guide}.title`), t(`guides.${guide}.lead`))),
    ...reportPages.map((report) => page({ page: report }, t(`reports.${report}.title`), t(`reports.${report}.lead`))),
    page({ page: 'indicators' }, t('indicators.title'), t('indicators.lead')),
    page({ page: 'integrity' }, t('integrity.title'), t('integrity.lead')),
  ];
  const named = all.filter(({ title }) => holds(title));
  return [...named, ...all.filter((each) => !named.includes(each) && holds(`${each.title} ${each.text}`))];
}
