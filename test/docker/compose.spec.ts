import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { eventStoreSettingsFromEnv } from '#event-store';
import { readDatabaseSettingsFromEnv } from '#read-models';
import { portalSettingsFromEnv } from '../../apps/portal/settings';
import { projectorSettingsFromEnv } from '../../apps/projector/settings';
import { registrySettingsFromEnv } from '../../apps/registry/settings';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

// No container engine is needed for these: they hold the files against the code. The same programs with the same variables run in test/processes.
const root = resolve(__dirname, '../..');
const docker = join(root, 'docker');
const text = readFileSync(join(docker, 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const networksOf = ({ networks = [] }: Service): readonly string[] =>
  Array.isArray(networks) ? (networks as readonly string[]) : Object.keys(networks);

describe('the compose file', () => {
  it('builds from paths that exist, and runs programs that exist', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['portal', 'projector', 'registry']);
    for (const [, { build, command }] of ours) {
      const context = resolve(docker, build!.context);
      expect(context).toBe(root);
      expect(existsSync(join(context, build!.dockerfile))).toBe(true);
      const [program] = command!;
      expect(existsSync(join(root, program!.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
    }
  });

  it('sets only variables that docs/configuration.md knows for that process', () => {
    const rows = readFileSync(join(root, 'docs/configuration.md'), 'utf8').split('\n');
    for (const [name, { environment }] of ours) {
      for (const variable of Object.keys(environment!)) {
        const row = rows.findIndex((line) => line.startsWith(`| \`${variable}\``));
        expect([variable, row]).toEqual([variable, expect.any(Number)]);
        expect(row).toBeGreaterThan(-1);
        let reader = row;
        while (rows[reader]!.endsWith('| the same |')) reader -= 1;
        expect([variable, rows[reader]]).toEqual([
          variable,
          expect.stringMatching(new RegExp(`\\| ([a-z, ]*\\b${name}\\b[a-z, ]*|all) \\|$`)),
        ]);
      }
    }
  });

  it('names services, networks, volumes and files that are there', () => {
    for (const [, service] of services) {
      for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(other);
      for (const network of networksOf(service)) expect(Object.keys(compose.networks)).toContain(network);
      for (const [from] of (service.volumes ?? []).map((volume) => volume.split(':'))) {
        if (from!.startsWith('.')) expect(statSync(join(docker, from!)).isFile()).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
    }
  });

  it('asks for every password, with its name and meaning in .env.example', () => {
    const example = readFileSync(join(docker, '.env.example'), 'utf8');
    const asked = [...new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!))];
    const given = [...example.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name!);
    expect(asked.filter((name) => name.endsWith('_PASSWORD')).sort()).toEqual(given.sort());
    for (const name of given) expect(text).toContain(`\${${name}:?`);
  });

  it('gives programs settings that they accept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'compose-'));
    writeFileSync(join(folder, 'ca.crt'), 'certificate');
    const env = (name: string): Record<string, string> =>
      Object.fromEntries(
        Object.entries(compose.services[name]!.environment!).map(([variable, value]) => [
          variable,
          value
            .replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1')
            .replace(/\$\{[A-Z_]+[^}]*\}/g, 'abc123')
            .replace('/authority/ca.crt', join(folder, 'ca.crt')),
        ]),
      );
    expect(registrySettingsFromEnv(env('registry')).where).toMatchObject({ host: '0.0.0.0', port: 3000 });
    expect(projectorSettingsFromEnv(env('projector')).where).toMatchObject({ host: '0.0.0.0', port: 3002 });
    expect(portalSettingsFromEnv(env('portal')).where).toMatchObject({ host: '0.0.0.0', port: 3001 });
    for (const name of ['registry', 'projector'])
      expect(eventStoreSettingsFromEnv(env(name), folder).kind).toBe('eventstoredb');
    for (const name of ['projector', 'portal'])
      expect(readDatabaseSettingsFromEnv(env(name), folder).kind).toBe('postgres');
    await rm(folder, { recursive: true });
  });

  it('lets the portal reach the database as its reading role, and nothing of the agency’s side', () => {
    const { portal, registry, database } = compose.services;
    expect(networksOf(portal!)).toEqual(['database', 'public']);
    expect(portal!.environment!.READ_DATABASE_URL).toContain('//registry_portal:');
    expect(Object.keys(portal!.environment!).filter((name) => name.startsWith('EVENT'))).toEqual([]);
    expect(portal!.volumes).toEqual([
      'public-files:/public-files:ro',
      'transparency-log:/transparency-log:ro',
      'known-days:/known-days:ro',
    ]);
    expect(networksOf(registry!)).toEqual(['log', 'office']);
    expect(networksOf(database!)).toEqual(['database']);
    expect([compose.networks.log!.internal, compose.networks.database!.internal]).toEqual([true, true]);
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual([
      'registry',
      'portal',
    ]);
  });

  it('watches every service that stays, and lets programs finish when they stop', () => {
    for (const [name, { healthcheck }] of services) {
      expect([name, healthcheck !== undefined]).toEqual([name, name !== 'certificates']);
    }
    for (const [, { stop_grace_period: grace }] of ours) expect(grace).toBe('20s');
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(join(docker, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '));

  it('is built from files that exist and that its ignore file lets through', () => {
    const allowed = readFileSync(join(docker, 'Dockerfile.dockerignore'), 'utf8').split('\n');
    expect(copied).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', 'apps', 'libs', 'tsconfig.build.json']),
    );
    for (const source of copied) {
      expect([source, existsSync(join(root, source))]).toEqual([source, true]);
      expect(allowed).toContain(`!${source}`);
    }
  });

  it('does not run as root, nor own what it runs', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).not.toMatch(/--chown/);
  });
});
