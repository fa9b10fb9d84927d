import { writeFileSync, mkdirSync } from 'node:fs';
import {
  AssetPage,
  HomePage,
  IndicatorsPage,
  ProblemPage,
  RegisterPage,
  indicatorsFrom,
  renderPage,
  stylesheet,
  mark,
  wordsFor,
} from '#web';
import type { RegisterView } from '#web';
import { assetViewOf, imported, longLife } from './dossiers';
import { assetKinds, phases } from '#domain';
it('renders', () => {
  const out = '/tmp/shots/site';
  mkdirSync(out + '/assets', { recursive: true });
  writeFileSync(out + stylesheet.path, stylesheet.body);
  writeFileSync(out + mark.path, mark.body);
  const regions = [
    'Sicilia',
    'Calabria',
    'Campania',
    'Lombardia',
    'Puglia',
    'Lazio',
    'Piemonte',
    'Emilia-Romagna',
    'Sardegna',
    'Friuli-Venezia Giulia',
  ];
  const cells = regions.flatMap((region, r) =>
    phases.flatMap((phase, p) =>
      assetKinds.map((kind, k) => ({
        region_code: String(r + 1),
        region,
        kind,
        phase,
        assets: Math.max(0, Math.round(900 / (r + 1) / (1 + ((p * 3) % 7)) / (k * k + 1) - 3)),
        valued: p === 3 ? 5 : 0,
        value_minor: p === 3 ? 123456789 : 0,
        currency: p === 3 ? 'EUR' : '',
      })),
    ),
  );
  const ind = indicatorsFrom(cells, 61234);
  const lines = Array.from({ length: 25 }, (_, i) => ({
    id: `IT-4GQ2X9PK${i}M-W`,
    kind: 'real-estate',
    category: 'dwelling',
    subcategory: [
      'Appartamento in condominio',
      'Terreno agricolo',
      'Unità immobiliare per uso di abitazione e assimilabile',
      null,
    ][i % 4]!,
    title: null,
    municipality: ['Melito di Napoli', 'Palermo', 'Castelvetrano'][i % 3]!,
    province: ['Napoli', 'Palermo', 'Trapani'][i % 3]!,
    region: ['Campania', 'Sicilia', 'Sicilia'][i % 3]!,
    phase: phases[i % phases.length]!,
    phaseSince: i % 3 ? null : '2015-03-12',
    value: i % 5 ? null : { minor: 12345600 * (i + 1), currency: 'EUR' },
  }));
  const view: RegisterView = {
    address: {},
    lines,
    total: 20427,
    totalIsMinimum: false,
    filters: {
      kind: ind.byKind.map(({ code, assets }) => ({ code, name: code, assets })),
      category: [{ code: 'dwelling', name: '', assets: 1234 }],
      phase: ind.byPhase.filter((p) => p.assets).map(({ code, assets }) => ({ code, name: code, assets })),
      region: ind.byArea,
      province: [{ code: '082', name: 'Palermo', assets: 77 }],
    },
    areaNames: { region: 'Sicilia' },
    next: 'x',
    wordsIgnored: false,
    today: '2026-11-23',
    position: 61234,
  };
  const origin = 'http://localhost';
  for (const language of ['it', 'en'] as const) {
    const words = wordsFor(language, 'Europe/Rome');
    const put = (name: string, page: Parameters<typeof renderPage>[0]) =>
      writeFileSync(`${out}/${language}-${name}.html`, renderPage(page, words));
    put('home', <HomePage view={ind} origin={origin} />);
    put('indicators', <IndicatorsPage view={ind} origin={origin} />);
    put('register', <RegisterPage view={view} origin={origin} />);
    put(
      'register-filtered',
      <RegisterPage
        view={{
          ...view,
          address: { region: '19', kind: 'real-estate', asOf: '2016-01-01', cursor: 'z' },
          previous: 'y',
          total: 77,
        }}
        origin={origin}
      />,
    );
    put(
      'register-empty',
      <RegisterPage
        view={{ ...view, address: { q: 'xyz' }, lines: [], total: 0, next: undefined } as never}
        origin={origin}
      />,
    );
    put('asset', <AssetPage view={assetViewOf(longLife)} origin={origin} />);
    put(
      'asset-past',
      <AssetPage view={assetViewOf(longLife, { asOf: '2016-01-01', knownAt: '2018-01-15' })} origin={origin} />,
    );
    put('asset-imported', <AssetPage view={assetViewOf(imported)} origin={origin} />);
    put('problem', <ProblemPage kind="bad-address" parameters={['asOf']} origin={origin} />);
  }
});
