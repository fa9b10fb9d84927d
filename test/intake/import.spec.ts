import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import { checkedProfile, mappingProfile, sample } from '#intake';
import { intakeBy } from './intake';

const header =
  's_bene,genere,nome_regione,nome_provincia,nome_comune,categoria,sottocategoria,provvedimento,quota_confiscata,ufficio_giudiziario,distretto,tipologia_procedura,NomeComuneValidato,NomeRegioneValidato,CODISTAT,NomeProvinciaValidato,CODISTATPROV,CODISTATREG';

interface Cells {
  readonly code?: string;
  readonly category?: string;
  readonly stage?: string;
  readonly share?: string;
}
const row = ({ code = 'I-NA-89-S', category = 'Terreno', stage = 'Confisca def.', share = '33' }: Cells = {}): string =>
  `${code},immobili,Campania,Napoli,Melito di Napoli,${category},Terreno edificabile,${stage},${share},Procura della Repubblica,Napoli,Procedimento Penale,MELITO DI NAPOLI,CAMPANIA,063045,Napoli,063,15`;

describe('importing a file of the agency', () => {
  const intake = intakeBy('it-anbsc');
  const { imported } = intake;
  const lines = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;
  const eventsOf = (code = 'I-NA-89-S'): Promise<RecordedEvent[]> => intake.eventsOf(code);
  const typesOf = async (code?: string): Promise<string[]> => (await eventsOf(code)).map(({ type }) => type);

  it('records what the row proves, without inventing a date', async () => {
    expect(await imported(lines(row()))).toMatchObject({ rows: 1, imported: 1, events: 3, refused: 0, warned: 0 });
    const events = await eventsOf();
    expect(events.map(({ type, metadata }) => [type, metadata.occurredOn])).toEqual([
      ['AssetSeized', null],
      ['ConfiscationOrdered', null],
      ['ConfiscationBecameFinal', null],
    ]);
    expect(events[0]).toMatchObject({
      data: {
        kind: 'real-estate',
        category: 'land',
        share: 33,
        identifiers: [{ scheme: 'it-anbsc', id: 'I-NA-89-S' }],
        location: {
          region: { code: '15', name: 'Campania' },
          municipality: { code: '063045', name: 'Melito di Napoli' },
        },
      },
      metadata: { source: { kind: 'import', file: 'file.csv', row: 1 } },
    });
  });

  it.each([
    ['Sequestro', ['AssetSeized']],
    ['Confisca I', ['AssetSeized', 'ConfiscationOrdered']],
    ['Revoca Seq.', ['AssetSeized', 'SeizureRevoked']],
    ['Revoca Conf.', ['AssetSeized', 'ConfiscationOrdered', 'ConfiscationRevoked']],
    ['', ['AssetSeized']],
    ['Rinvio', ['AssetSeized']],
  ])('reads the stage "%s" as %j', async (stage, types) => {
    await imported(lines(row({ stage })));
    expect(await typesOf()).toEqual(types);
  });

  it('records nothing twice when the same file comes again', async () => {
    const file = lines(row(), row({ code: 'I-NA-90-S' }));
    await imported(file);
    const head = await intake.head();
    expect(await imported(file)).toMatchObject({ imported: 0, alreadyThere: 2, events: 0 });
    expect(await intake.head()).toBe(head);
  });

  it('goes on after an import that was cut off, as if it had not been', async () => {
    await imported(lines(row()));
    expect(await imported(lines(row(), row({ code: 'I-NA-90-S' })))).toMatchObject({
      imported: 1,
      alreadyThere: 1,
      events: 3,
    });
  });

  it('adds what a later edition knows more', async () => {
    await imported(lines(row({ stage: 'Confisca I' })));
    expect(await imported(lines(row({ stage: 'Confisca def.', share: '50' })))).toMatchObject({
      imported: 1,
      refused: 0,
      events: 1,
    });
    expect(await typesOf()).toEqual(['AssetSeized', 'ConfiscationOrdered', 'ConfiscationBecameFinal']);
  });

  it('puts text in order and says so, rather than lose the row', async () => {
    const [there, here] = ['Melito\u200b di  Napoli', 'Terreno edificabile cosi\u0300'];
    const odd = row().replace('Melito di Napoli', there).replace('Terreno edificabile', here);
    expect(await imported(lines(odd))).toMatchObject({ imported: 1, refused: 0, warned: 1 });
    expect(intake.remarks()).toMatchObject([
      {
        row: 1,
        kind: 'warning',
        column: 'nome_comune',
        value: there,
        reason: expect.stringMatching(/U\+200B/) as string,
      },
      {
        row: 1,
        kind: 'warning',
        column: 'sottocategoria',
        value: here,
        reason: expect.stringMatching(/NFC/) as string,
      },
    ]);
    expect((await eventsOf())[0]).toMatchObject({
      data: { subcategory: 'Terreno edificabile cos\u00ec', location: { municipality: { name: 'Melito di Napoli' } } },
    });
  });

  it('refuses bad rows one by one, with row, column, value and reason, and takes the others', async () => {
    const summary = await imported(
      lines(
        row({ code: '' }),
        row({ stage: 'Boh' }),
        row({ share: '101' }),
        row({ share: 'x' }),
        row({ category: 'Castello' }),
        'a,b',
        row(),
      ),
    );
    expect(summary).toMatchObject({ rows: 7, imported: 1, refused: 6 });
    expect(intake.remarks().map(({ row: number, column, value, kind }) => [number, kind, column, value])).toEqual([
      [1, 'refused', 's_bene', ''],
      [2, 'refused', 'provvedimento', 'Boh'],
      [3, 'refused', 'quota_confiscata', '101'],
      [4, 'refused', 'quota_confiscata', 'x'],
      [5, 'refused', 'categoria', 'Castello'],
      [6, 'refused', '', ''],
    ]);
  });

  it('warns where something is left out', async () => {
    await imported(lines(row({ share: '0', stage: '' })));
    expect(intake.remarks().map(({ kind, column }) => [kind, column])).toEqual([
      ['warning', 'provvedimento'],
      ['warning', 'quota_confiscata'],
    ]);
    expect((await eventsOf())[0]?.data).not.toHaveProperty('share');
  });

  it.each([
    ['another separator', lines(row()).replaceAll(',', ';'), /separated by ";".*expects ","/],
    ['an unknown header', 'a,b\n1,2\n', /no header the profile "it-anbsc" knows/],
    ['an empty file', '', /is empty/],
    ['UTF-16', Buffer.from(`\ufeff${lines(row())}`, 'utf16le'), /UTF-16/],
    ['Latin-1', Buffer.from(lines(row({ category: 'Unità' })), 'latin1'), /not in UTF-8/],
    ['a lost quote', lines(row(), '"I-NA-90-S,immobili'), /not well-formed CSV/],
  ])('says what to do about %s', async (_, content, message) => {
    await expect(imported(content)).rejects.toThrow(message);
  });

  it('leaves the log empty when the file cannot be read at all', async () => {
    await expect(imported('a,b\n')).rejects.toThrow();
    expect(await intake.head()).toBe(START);
  });

  it('takes the decree of an assigned company by its own date, day first', async () => {
    const [head = '', ...rows] = (await readFile(join(sample.folder, 'companies-assigned.csv'), 'utf8')).split('\n');
    const decree = rows.find((line) => line.startsWith('A-TP-19591,'))!;
    await imported(`${head}\n${decree}\n`);
    const destined = (await eventsOf('A-TP-19591')).at(-1);
    expect(destined).toMatchObject({
      type: 'DestinationDecided',
      metadata: { occurredOn: '1997-12-15' },
      data: { purpose: 'liquidation', act: { number: '64', date: '1997-12-15' } },
    });
  });

  it('refuses a decree older than its proceeding', async () => {
    const [head = '', first = ''] = (await readFile(join(sample.folder, 'companies-assigned.csv'), 'utf8')).split('\n');
    await imported(`${head}\n${first}\n`);
    expect(intake.remarks()).toMatchObject([{ kind: 'refused', value: '20/09/1993, proceeding 133/1995' }]);
  });
});

describe('a mapping profile', () => {
  it('is refused with the place of what is wrong', () => {
    expect(() => checkedProfile({ name: 'x' }, 'x')).toThrow(/profile "x" is wrong at/);
    const good = mappingProfile('it-anbsc');
    const [first] = good.layouts;
    expect(() =>
      checkedProfile({ ...good, layouts: [{ ...first, steps: [{ command: 'paint-it', data: {} }] }] }, 'x'),
    ).toThrow(/"paint-it"/);
    expect(() =>
      checkedProfile(
        {
          ...good,
          layouts: [
            { ...first, steps: [{ command: 'record-seizure', data: { kind: { column: 'a', table: 'none' } } }] },
          ],
        },
        'x',
      ),
    ).toThrow(/"none"/);
  });
});
