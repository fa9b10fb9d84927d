import { italy } from '#domain';
import { wordsFor } from '../language/words';
import { renderPage } from '../layout/render';
import { loopholesIn, textOf } from '../../../test/web/text-of';
import { RegisterPage } from './register-page';
import type { RegisterLine, RegisterView } from './view';

const line: RegisterLine = {
  id: 'IT-4GQ2X9PK3M-W',
  kind: 'real-estate',
  category: 'dwelling',
  subcategory: 'Appartamento in condominio',
  title: null,
  municipality: 'Melito di Napoli',
  province: 'Napoli',
  region: 'Campania',
  phase: 'confiscated-final',
  phaseSince: '2015-03-12',
  value: { minor: 12_345_650, currency: 'EUR' },
};

const view: RegisterView = {
  address: {},
  lines: [line],
  total: 17_453,
  totalIsMinimum: false,
  filters: {
    kind: [{ code: 'real-estate', name: 'real-estate', assets: 14_431 }],
    region: [{ code: '15', name: 'Campania', assets: 3020 }],
  },
  areaNames: {},
  wordsIgnored: false,
  today: '2026-11-23',
  position: 61_234,
};

const pageOf = (changes: Partial<RegisterView> = {}, language: 'it' | 'en' = 'en'): string =>
  renderPage(
    <RegisterPage view={{ ...view, ...changes }} origin="https://registry.example" />,
    wordsFor(language, italy),
  );
const text = (...page: Parameters<typeof pageOf>): string => textOf(pageOf(...page));

describe('the page of the register', () => {
  it('says how many there are, and shows each with its place, phase, date and value', () => {
    const page = text();
    expect(page).toContain('17,453 assets in the register.');
    expect(page).toMatch(
      /Appartamento in condominio .*IT-4GQ2X9PK3M-W Melito di Napoli, Napoli, Campania Confiscated for good Since 12 March 2015 Estimated value €123,456.50/,
    );
    expect(text({}, 'it')).toContain('17.453 beni nel registro.');
  });

  it('names a company by its legal form, and its trade below', () => {
    const company = { ...line, kind: 'company', category: 'limited-company', subcategory: 'Costruzioni' };
    expect(pageOf({ lines: [company] })).toMatch(
      />Limited liability company<\/a><span class="trade"><span lang="it">Costruzioni</,
    );
  });

  it('leaves the values out where no line has one, and says where a date is missing', () => {
    const page = text({ lines: [{ ...line, value: null, phaseSince: null }] });
    expect(page).not.toContain('Estimated value');
    expect(page).toContain('date not stated');
  });

  it('counts beside each filter only what belongs to what is shown', () => {
    expect(text()).toContain('Real estate (14,431)');
    const uncounted = { kind: [{ code: 'company', name: 'company' }] };
    expect(text({ filters: uncounted, address: { q: 'napoli' } })).toContain('AllCompany');
  });

  it('shows what is chosen, each with the way to take it away', () => {
    const address = { q: 'via "Roma"', kind: 'real-estate', region: '15', province: '063', asOf: '2016-01-01' };
    const page = pageOf({ address, areaNames: { region: 'Campania', province: 'Napoli' }, total: 3 });
    expect(textOf(page)).toContain('3 assets match.');
    expect(page).toContain('href="/en/assets?asOf=2016-01-01&amp;kind=real-estate&amp;q=via+%22Roma%22"');
    expect(page).toContain('<input type="hidden" name="province" value="063"/>');
    expect(textOf(page)).toContain('Filters (4 set)');
  });

  it('leads to the same filter in the other language, and to its data', () => {
    const page = pageOf({ address: { kind: 'company', phase: 'seized' } });
    expect(page).toContain('href="/it/beni?kind=company&amp;phase=seized" hreflang="it"');
    expect(page).toContain('href="/api/v1/assets.csv?kind=company&amp;phase=seized"');
  });

  it('leads to the neighbouring pages', () => {
    const page = pageOf({ address: { kind: 'company', cursor: 'here' }, previous: 'before~X', next: 'after~Y' });
    expect(page).toContain('<a href="/en/assets?kind=company">First page</a>');
    expect(page).toContain('<a href="/en/assets?cursor=before%7EX&amp;kind=company" rel="prev">');
    expect(page).toContain('<a href="/en/assets?cursor=after%7EY&amp;kind=company" rel="next">');
  });

  it('says so when nothing is found, and what to do', () => {
    const page = text({ address: { q: 'xyz' }, lines: [], total: 0 });
    expect(page).toContain('0 assets match.');
    expect(page).toContain('check the spelling of the place');
  });

  it('says of which moment it speaks, and that words were not searched in it', () => {
    const page = text({ address: { asOf: '2016-01-01', knownAt: '2017-01-01', q: 'x' }, wordsIgnored: true });
    expect(page).toContain('The register as it stood on 1 January 2016, as known on 1 January 2017.');
    expect(page).toContain('Words are searched in the register of today only.');
    expect(pageOf({ address: { asOf: '2016-01-01' } })).toContain('href="/en/assets/IT-4GQ2X9PK3M-W?asOf=2016-01-01"');
  });

  it('keeps searches and past moments out of search engines, and filters in', () => {
    const unlisted = '<meta name="robots" content="noindex"/>';
    expect(pageOf({ address: { q: 'x' } })).toContain(unlisted);
    expect(pageOf({ address: { asOf: '2016-01-01' } })).toContain(unlisted);
    expect(pageOf({ address: { kind: 'company' } })).not.toContain(unlisted);
  });

  it('lets nothing anybody wrote out of its text', () => {
    const hostile = '"><img src=x onerror=alert(1)>\'&{x} #';
    const fields = ['subcategory', 'title', 'municipality', 'province', 'region'] as const;
    const lines = fields.map((field) => ({ ...line, [field]: hostile, id: field }));
    const address = { q: hostile, kind: hostile, region: hostile, cursor: hostile };
    const filters = { kind: [{ code: hostile, name: hostile }], region: [{ code: hostile, name: hostile }] };
    const page = pageOf({ lines, address, filters, areaNames: { region: hostile }, next: hostile });
    expect(loopholesIn(page)).toEqual([]);
    expect(textOf(page)).toContain(hostile);
  });
});
