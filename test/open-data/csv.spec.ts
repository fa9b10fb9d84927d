import { parse } from 'csv-parse/sync';
import { csvOf } from '../../apps/portal/api/tables';

const written = async (rows: readonly Record<string, string | number | null>[], columns: readonly string[]) =>
  parse(Buffer.concat(await csvOf(rows, columns).toArray()).toString('utf8'));

describe('a table as CSV', () => {
  it.each(['=1+1', '+1', '-1+cmd|calc', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A1'])('gives a spreadsheet no formula in %j', async (text) => {
    expect(await written([{ title: text }], ['title'])).toEqual([['title'], [`'${text}`]]);
  }); // prettier-ignore

  it('changes no number, and no other text', async () => {
    const rows = [{ a: -9.14, e: '-5000.00', b: 'Villa "Rosa", con\r\ngiardino', c: null, d: "'=1" }];
    const columns = ['a', 'e', 'b', 'c', 'd'];
    expect((await written(rows, columns))[1]).toEqual([
      '-9.14',
      '-5000.00',
      'Villa "Rosa", con\r\ngiardino',
      '',
      "'=1",
    ]);
  });
});
