import { italy } from '#domain';
import { assetViewOf, longLife } from '../../../test/web/dossiers';
import type { Written } from '../../../test/web/dossiers';
import { loopholesIn, textOf } from '../../../test/web/text-of';
import { wordsFor } from '../language/words';
import { renderPage } from '../layout/render';
import { AssetCard } from './asset-card';
import { frameOf } from './frame';

const hostile = '</title></script><img src=x onerror=alert(1)>"\'&{x} #';
const cardOf = (written: readonly Written[], language: 'it' | 'en' = 'en'): string =>
  renderPage(<AssetCard view={assetViewOf(written)} origin="https://registry.example" />, wordsFor(language, italy));

describe('the card of an asset', () => {
  it('says what it is, where it stands, of when that is, and leads to its page', () => {
    const card = cardOf(longLife);
    expect(textOf(card)).toContain('Handed over to Comune di Partinico on 15 July 2020: social purposes.');
    expect(textOf(card)).toMatch(/IT-4GQ2X9PK3M-W · Social Reuse Registry · as of .* 2026, log position [\d,]+/);
    expect(card).toContain(
      '<a href="https://registry.example/en/assets/IT-4GQ2X9PK3M-W" target="_blank" rel="noopener">',
    );
    expect(textOf(cardOf(longLife, 'it'))).toContain('Consegnato a Comune di Partinico');
  });

  it('lets nothing anybody wrote out of its text, nor out of the frame that others copy', () => {
    const seized: Written = { type: 'AssetSeized', on: '2008-05-14', data: { kind: 'company', title: hostile } };
    const card = cardOf([seized]);
    expect(loopholesIn(card)).toEqual([]);
    expect(textOf(card)).toContain(hostile);
    const frame = frameOf('https://registry.example', 'en', 'IT-4GQ2X9PK3M-W', hostile);
    expect(frame).toMatch(
      /^<iframe src="https:\/\/registry\.example\/en\/embed\/assets\/IT-4GQ2X9PK3M-W" title="[^"<]*" width="480" height="260" loading="lazy"><\/iframe>$/,
    );
  });
});
