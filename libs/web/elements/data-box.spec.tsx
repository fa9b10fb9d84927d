import { italy } from '#domain';
import { loopholesIn, textOf } from '../../../test/web/text-of';
import { wordsFor } from '../language/words';
import { Page } from '../layout/page';
import type { Place } from '../layout/place';
import { renderPage } from '../layout/render';
import type { PageData } from './data-box';

const money: PageData = {
  files: [
    { href: '/api/v1/money.csv?year=2020', form: 'csv' },
    { href: '/api/v1/money.json?year=2020', form: 'json' },
    { href: '/api/v1/curve.csv', form: 'csv', part: 'The curve' },
  ],
  fixed: { page: 'money', query: { year: '2020', asOf: '2026-11-26' } },
  subject: { about: 'report', id: 'money-trail' },
};
const place: Place = {
  asking: 'https://ask.example',
  publisher: 'National Agency',
  today: '2026-11-26',
  signed: { size: 1234, root: 'q1w2+e3/r4=' },
};

const pageOf = (data = money, at = place, title = 'Public money'): string =>
  renderPage(
    <Page
      title={title}
      here={{ page: 'money', query: { year: '2020' } }}
      origin="https://registry.example"
      position={1300}
      data={data}
    >
      <h1>{title}</h1>
    </Page>,
    wordsFor('en', italy),
    at,
  );

describe('the box at the foot of a page', () => {
  it('gives what the page shows in each form, and its parts on lines of their own', () => {
    const page = pageOf();
    expect(textOf(page)).toMatch(/What this page shows .*: CSV .*: JSON The curve The curve: CSV/);
    expect(page).toContain('<a href="/api/v1/money.csv?year=2020" download>');
    expect(page).toContain('<a href="/api/v1/money.json?year=2020">');
    expect(page).toContain('<link rel="alternate" type="text/csv" href="/api/v1/money.csv?year=2020"/>');
    expect(page).not.toContain('<link rel="alternate" type="text/csv" href="/api/v1/curve.csv"/>');
    expect(textOf(page)).toContain('News by feed News: Public money');
  });

  it('says how to cite it, with an address that stays, the position and the signed state', () => {
    expect(textOf(pageOf())).toContain(
      '“Public money”. Social Reuse Registry. National Agency. Log position 1,300. Signed checkpoint of 1,234 entries, root hash q1w2+e3/r4=. ' +
        'Read on 26 November 2026 at https://registry.example/en/money?asOf=2026-11-26&year=2020 ',
    );
  });

  it('cites its own address and says so, where none stays; and leaves out a checkpoint that is not there', () => {
    const { fixed: _, ...live } = money;
    const text = textOf(pageOf(live, { today: '2026-11-26' }));
    expect(text).toContain(
      'Log position 1,300. Read on 26 November 2026 at https://registry.example/en/money?year=2020 ',
    );
    expect(text).toContain('This page is always of today.');
  });

  it('leads to where an error is told, with the page and its position', () => {
    expect(pageOf()).toContain(
      'href="https://ask.example/ask/en/report/money-trail?error=%2Fen%2Fmoney%3Fyear%3D2020&amp;position=1300"',
    );
    expect(textOf(pageOf(money, {}))).not.toContain('Report an error');
  });

  it('lets nothing anybody wrote out of its text', () => {
    const hostile = '</script><img src=x onerror=alert(1)>"\'&{x} #';
    const page = pageOf({ ...money, files: [{ href: '/x', form: 'csv', part: hostile }] }, place, hostile);
    expect(loopholesIn(page)).toEqual([]);
    expect(textOf(page)).toContain(`“${hostile}”.`);
  });
});
