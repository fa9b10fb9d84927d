import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import { checkedProfile, mappingProfile } from '#intake';
import type { ImportSummary } from '#intake';
import { intakeBy } from './intake';

/** Rows made up in the format of the region's file; none of them is from it. */
const managed = {
  id: 'I-FI-900001-S',
  nome: 'Firenze - made up',
  gbnord: '4848700.25',
  gbest: '1681600.5',
  tipologia: 'Immobili in gestione',
  descrizione_categoria_bene: 'Appartamento in condominio',
  macroiteramm: 'In gestione',
  descrizione_sottocategoria_bene: 'Appartamento in condominio',
  prov: 'Firenze',
  comune: 'Firenze',
  indirizzo: 'Indirizzo imprecisato',
  link_scheda_rt: '',
  desitergiu: 'Confisca I',
  destipodest: '',
  descrizioneentedest: '',
  colonna: '',
  dataprovvdest: '',
  annoprovvdest: '',
  ufficio_giudiziario: 'Tribunale',
  distretto: 'Firenze',
  procedura: 'Misure di Prevenzione',
  numero_decreto: '',
  fonte: 'MADE-UP',
  '': '',
};
type Row = typeof managed;

const destined: Row = {
  ...managed,
  id: 'I-PT-900002',
  gbnord: '4860500',
  gbest: '1643100',
  tipologia: 'Immobili destinati',
  macroiteramm: 'Destinato',
  prov: 'Pistoia',
  comune: 'Montecatini Terme',
  indirizzo: 'VIA INVENTATA, 12',
  desitergiu: 'Confisca definitiva',
  destipodest: 'Trasferimento al patrimonio degli enti territoriali',
  descrizioneentedest: 'Comuni',
  colonna: 'Scopi sociali',
  dataprovvdest: '2010',
  annoprovvdest: '14/04/2010',
  procedura: '1/2004',
  numero_decreto: '191',
};
const header = Object.keys(managed).join('|');
const line = (row: Row): string => Object.values(row).join('|');

describe('importing a file of the Region of Tuscany', () => {
  const intake = intakeBy('it-toscana');
  const imported = (...rows: Row[]): Promise<ImportSummary> =>
    intake.imported(`${[header, ...rows.map(line)].join('\n')}\n`);
  const describedAs = async ({ id }: Row): Promise<RecordedEvent['data'] | undefined> =>
    (await intake.eventsOf(id)).find(({ type }) => type === 'AssetDescribed')?.data;

  it('records what a managed asset proves, without a date', async () => {
    expect(await imported(managed)).toMatchObject({ imported: 1, events: 3, refused: 0, warned: 0 });
    const events = await intake.eventsOf(managed.id);
    expect(events.map(({ type, metadata }) => [type, metadata.occurredOn])).toEqual([
      ['AssetSeized', null],
      ['AssetDescribed', null],
      ['ConfiscationOrdered', null],
    ]);
    expect(events[0]?.data).toMatchObject({
      kind: 'real-estate',
      category: 'dwelling',
      location: { province: { code: '048' }, municipality: { code: '048017', name: 'Firenze' } },
      proceeding: { kind: 'prevention' },
    });
  });

  it('records a destination on the date of its decree, which stands in the column named after the year', async () => {
    expect(await imported(destined)).toMatchObject({ imported: 1, events: 5, refused: 0, warned: 0 });
    const events = await intake.eventsOf(destined.id);
    expect(events.map(({ type, metadata }) => [type, metadata.occurredOn])).toEqual([
      ['AssetSeized', null],
      ['AssetDescribed', null],
      ['ConfiscationOrdered', null],
      ['ConfiscationBecameFinal', null],
      ['DestinationDecided', '2010-04-14'],
    ]);
    expect(events[0]?.data).toMatchObject({
      location: { municipality: { name: 'Montecatini-Terme' } },
      proceeding: { number: '1/2004' },
    });
    expect(events.at(-1)?.data).toMatchObject({ purpose: 'social', act: { number: '191', date: '2010-04-14' } });
  });

  it.each<[string, Partial<Row>, string]>([
    ['no address', { indirizzo: 'Indirizzo imprecisato' }, 'municipality'],
    ['an address, but the computed point of its town', { gbnord: '4860500.5' }, 'municipality'],
    ['a hamlet', { indirizzo: 'LOC. INVENTATA' }, 'locality'],
    ['a street', {}, 'street'],
  ])('says how exact a position is: %s', async (_, cells, precision) => {
    const row = { ...destined, ...cells };
    await imported(row);
    expect(await describedAs(row)).toMatchObject({ coordinates: { precision } });
  });

  it('adds address and position to an asset that the agency’s own file brought before', async () => {
    await imported({ ...destined, gbnord: '', gbest: '', indirizzo: 'Indirizzo imprecisato' });
    expect(await describedAs(destined)).toBeUndefined();
    expect(await imported(destined)).toMatchObject({ imported: 1, events: 1, refused: 0 });
    expect(await describedAs(destined)).toEqual({
      address: 'VIA INVENTATA, 12',
      coordinates: { latitude: 43.883577, longitude: 10.781004, precision: 'street' },
    });
  });

  it('leaves out a point outside Tuscany, such as one with north and east confused, and takes the row', async () => {
    const { gbnord, gbest } = destined;
    expect(await imported({ ...destined, gbnord: gbest, gbest: gbnord })).toMatchObject({ imported: 1, warned: 1 });
    expect(intake.remarks()).toMatchObject([
      { row: 1, kind: 'warning', column: 'gbnord, gbest', value: `${gbest}, ${gbnord}` },
    ]);
    expect(await describedAs(destined)).toEqual({ address: 'VIA INVENTATA, 12' });
  });

  it('refuses a row whose columns are shifted, with row, column, value and reason, and records nothing of it', async () => {
    const cells = line(destined).split('|');
    const at = Object.keys(destined).indexOf('descrizioneentedest');
    const shifted = [...cells.slice(0, at), ...cells.slice(at + 1), ''].join('|');
    expect(await intake.imported(`${[header, line(managed), shifted].join('\n')}\n`)).toMatchObject({
      imported: 1,
      refused: 1,
    });
    expect(intake.remarks()).toMatchObject([
      {
        row: 2,
        kind: 'refused',
        column: 'colonna',
        value: '2010',
        reason: expect.stringMatching(/Not a purpose.*columns of the row are shifted/) as string,
      },
    ]);
    expect(await intake.eventsOf(destined.id)).toEqual([]);
  });

  it.each<[keyof Row, string]>([
    ['tipologia', 'In gestione'],
    ['prov', 'Camaiore'],
    ['destipodest', 'Commercio'],
    ['annoprovvdest', '3628'],
    ['ufficio_giudiziario', 'Lucca'],
    ['distretto', 'Misure di Prevenzione'],
    ['procedura', 'Misure di Prevenzione'],
    ['', 'left over'],
  ])('refuses in the column "%s" what cannot belong to it: %s', async (column, value) => {
    expect(await imported({ ...destined, [column]: value })).toMatchObject({ imported: 0, refused: 1, events: 0 });
    expect(intake.remarks()).toMatchObject([{ row: 1, kind: 'refused', column, value }]);
  });

  it('refuses a stage it does not know, and takes the one that says nothing is known for a seizure', async () => {
    await imported({ ...managed, desitergiu: 'Boh' });
    expect(intake.remarks()).toMatchObject([{ kind: 'refused', column: 'desitergiu', value: 'Boh' }]);
    await imported({ ...managed, desitergiu: 'Stato iter giudiziario imprecisato' });
    expect(intake.remarks().at(-1)).toMatchObject({ kind: 'warning', column: 'desitergiu' });
    expect((await intake.eventsOf(managed.id)).map(({ type }) => type)).toEqual(['AssetSeized', 'AssetDescribed']);
  });

  it.each<[string, Partial<Row>]>([
    ['without a purpose', { colonna: '' }],
    ['that is only known to be revoked', { destipodest: 'Revoca Destinazione', colonna: '' }],
  ])('leaves out a destination %s, and says so', async (_, cells) => {
    expect(await imported({ ...destined, ...cells })).toMatchObject({ imported: 1, events: 4, warned: 1 });
    expect(intake.remarks()).toMatchObject([{ kind: 'warning', column: 'destipodest + colonna' }]);
  });

  it('says which separator it expects, and records nothing', async () => {
    const content = `${header}\n${line(managed)}\n`.replaceAll('|', ';');
    await expect(intake.imported(content)).rejects.toThrow(/separated by ";".*"it-toscana" expects "\|"/);
    expect(await intake.head()).toBe(START);
  });
});

describe('a mapping profile with columns and positions', () => {
  const good = mappingProfile('it-toscana');
  const { source } = good.coordinateSystems!['EPSG:3003']!;

  it.each([
    [
      'a definition',
      { coordinateSystems: { 'EPSG:3003': { definition: '+proj=nonsense', source } } },
      /EPSG:3003.*proj4/,
    ],
    ['a missing system', { coordinateSystems: {} }, /EPSG:3003, which it does not define/],
    ['a pattern', { columns: { id: { what: 'a code', matches: '(' } } }, /no regular expression/],
    ['a table', { columns: { id: { what: 'a code', table: 'none' } } }, /"none"/],
  ])('is refused when it is loaded for %s that is wrong', (_, part, message) => {
    expect(() => checkedProfile({ ...good, ...part }, 'x')).toThrow(message);
  });
});
