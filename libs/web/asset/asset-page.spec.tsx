import { assetEvents, exampleOf, italy } from '#domain';
import { wordsFor } from '../language/words';
import type { Language } from '../language/languages';
import { renderPage } from '../layout/render';
import { assetId, assetViewOf, entryIdAt, imported, longLife } from '../../../test/web/dossiers';
import type { Written } from '../../../test/web/dossiers';
import { loopholesIn, textOf } from '../../../test/web/text-of';
import { AssetPage } from './asset-page';

function pageOf(written: readonly Written[], moment = {}, language: Language = 'en'): string {
  return renderPage(
    <AssetPage view={assetViewOf(written, moment)} origin="https://registry.example" />,
    wordsFor(language, italy),
  );
}
const text = (...page: Parameters<typeof pageOf>): string => textOf(pageOf(...page));

describe('the page of an asset', () => {
  it('says in one sentence where it stands', () => {
    expect(text(longLife)).toContain('Handed over to Comune di Partinico on 15 July 2020: social purposes.');
    expect(text(longLife, {}, 'it')).toContain('Consegnato a Comune di Partinico il 15 luglio 2020: finalità sociali.');
    expect(text(longLife.slice(0, 6))).toContain('Confiscated for good since 12 March 2015; not yet destined.');
    expect(text(imported.slice(0, 3))).toContain(
      'Confiscated for good (date not stated in the source); not yet destined.',
    );
    expect(text(imported.slice(0, 2))).toContain('the source states neither the date nor the instance');
  });

  it('tells the phases in words, with dates and days', () => {
    const page = text(longLife);
    expect(page).toContain('Passed Seized 14 May 2008 to 9 February 2011 1,001 days');
    expect(page).toContain('Now Handed over since 15 July 2020 2,322 days');
    expect(text(longLife.slice(0, 6))).toContain('the law allows 90 days; overdue by 4,184 days');
    expect(pageOf(longLife)).toContain('aria-current="step"');
  });

  it('shows both dates of an entry, and marks the late one', () => {
    const page = text(longLife);
    expect(page).toContain('Late entry: recorded 2 years after it happened');
    expect(page).toMatch(
      /12 March 2015 Agency record Late entry.*Recorded on 4 September 2017 \(Agenzia nazionale [^)]* \(ANBSC\)\)/,
    );
    expect(text(imported)).toContain('Date not stated in the source');
    expect(text(imported)).toContain('Import row 17 of beni.csv');
  });

  it('strikes what was annulled and shows what was corrected, before and after', () => {
    const page = pageOf(longLife);
    expect(page).toContain('<s>Looking after it cost €1,234.56');
    expect(page).toContain('<del>50</del>');
    expect(page).toContain('<ins>100</ins>');
    expect(page).toContain('href="/en/assets/IT-4GQ2X9PK3N-U"');
  });

  it('says what is withheld, and never what it is', () => {
    const page = text(longLife);
    expect(page).toContain('Withheld: Protected address (not for publication) and Former holder (personal data)');
    expect(page).toContain('Address Withheld: not for publication');
    expect(pageOf(longLife)).not.toMatch(/Contrada Valguarnera 12|Nome Cognome/);
  });

  it('says beside each fact why it is withheld, and that it was not recorded where it was not', () => {
    const page = text(longLife);
    expect(page).toContain('Former holder Withheld: personal data');
    expect(page).toContain('Coordinates Not stated in the source');
    const erased = { ...assetViewOf(longLife) };
    const [first, ...rest] = erased.dossier.entries;
    const entries = [{ ...first!, withheld: ['protectedAddress'], erased: [{ field: 'formerHolder' }] }, ...rest];
    const view = { ...erased, dossier: { ...erased.dossier, entries } };
    const html = renderPage(<AssetPage view={view} origin="https://registry.example" />, wordsFor('en', italy));
    expect(textOf(html)).toContain('Former holder Withheld: erased for good');
  });

  it('marks the facts and the entries with their provenance, and says what the marks mean', () => {
    const page = text(longLife);
    expect(page).toMatch(/Kind Real estate \((Official act|Agency record)\)/);
    expect(page).toContain('Civic report The public or an organisation told it; the registry passes it on.');
    expect(pageOf(longLife)).toContain('<span class="source-mark" title="Official act">');
  });

  it('leads to the act where its address can be followed, and nowhere else', () => {
    expect(pageOf(longLife)).toContain('href="https://example.org/perizia.pdf"');
    const trap: Written = {
      type: 'DestinationDecided',
      on: '2020-01-28',
      data: { purpose: 'sale', act: { number: '16', url: 'javascript:alert(1)' } },
    };
    const page = pageOf([...longLife.slice(0, 6), trap]);
    expect(page).toContain('no. 16');
    expect(page).not.toContain('href="javascript:');
  });

  it('shows another moment and what is different today', () => {
    const page = text(longLife, { asOf: '2016-01-01', knownAt: '2018-01-15' });
    expect(page).toContain('This asset as it stood on 1 January 2016, as known on 15 January 2018.');
    expect(page).toContain('Then: Confiscated for good. Today: Handed over.');
    expect(page).toContain('6 entries are not counted here');
    expect(page).toContain('On that day Confiscated for good');
    expect(page).not.toContain('Comune di Partinico on 15 July 2020');
  });

  it('does not pretend an asset was there before it was', () => {
    const page = text(longLife, { asOf: '2001-01-01' });
    expect(page).toContain('At that moment this asset was not in the register.');
    expect(page).not.toContain('Where it stands');
  });

  it('still shows the entries of a dossier opened in error', () => {
    const annulled: Written = {
      type: 'EntryAnnulled',
      on: '2026-11-03',
      data: { entry: entryIdAt(0), reason: 'Wrong asset.' },
    };
    const page = text([imported[0]!, annulled]);
    expect(page).toContain('This dossier was opened in error and has been annulled.');
    expect(page).toContain('Reason: Wrong asset.');
  });

  it('leads to the data behind it, at the same moment', () => {
    const page = pageOf(longLife, { asOf: '2016-01-01' });
    expect(page).toContain(`href="/api/v1/assets/${assetId}/timeline.csv?asOf=2016-01-01"`);
  });

  it('marks what the source wrote with its language', () => {
    expect(pageOf(longLife)).toContain('<h1><span lang="it">Villa con giardino');
    expect(pageOf(longLife, {}, 'it')).toContain('<h1>Villa con giardino');
  });

  describe.each(['it', 'en'] as const)('in %s', (language) => {
    const hostile = '<img src=x onerror=alert(1)>"\'&{x} # [y]';

    it.each([...assetEvents.keys()])('lets nothing written in %s out of its text', (type) => {
      const data = exampleOf(assetEvents.get(type)!.definition.data, { text: hostile });
      const dossier: Written[] = [{ type: 'AssetSeized', on: '2008-05-14', data: { kind: 'company', title: hostile } }];
      const entry: Written = {
        type,
        on: '2016-01-01',
        data: { ...data, ...('entry' in data && { entry: entryIdAt(0), field: 'title', value: hostile }) },
      };
      const page = pageOf([...dossier, entry], {}, language);
      expect(loopholesIn(page)).toEqual([]);
      expect(textOf(page)).toContain(hostile);
    });
  });
});
