import { italy } from '#domain';
import { HomePage } from '../home/home-page';
import { indicatorsFrom } from '../indicators/view';
import { languages } from '../language/languages';
import { wordsFor } from '../language/words';
import { renderPage } from '../layout/render';
import { guides } from '../addresses';
import { GuidePage, terms } from './guides';

describe.each(languages)('the pages of text in %s', (language) => {
  const words = wordsFor(language, italy);
  const empty = /<(li|dt|dd|h[1-3]|p|a)[^>]*><\/\1>/;

  it.each(guides)('%s has every text', (guide) => {
    const html = renderPage(<GuidePage guide={guide} origin="https://registry.example" />, words);
    expect(html).not.toMatch(empty);
    expect(html).not.toMatch(/guides\.|undefined/);
  });

  it('explain every term of the glossary', () => {
    const html = renderPage(<GuidePage guide="glossary" origin="https://registry.example" />, words);
    expect(html.match(/<dt>/g)).toHaveLength(terms.length);
    expect(html).toContain(`id="${terms[0]}"`);
  });

  it('name the button of an asset’s page as it is', () => {
    expect(words.t('guides.accessibility.tell.1')).toContain(words.t('civic.ask.invite'));
  });

  it('and the front page', () => {
    const view = indicatorsFrom([], -1);
    const html = renderPage(<HomePage view={view} news={[]} origin="https://registry.example" />, words);
    expect(html).not.toMatch(empty);
    expect(html).not.toMatch(/home\.|undefined/);
  });
});
