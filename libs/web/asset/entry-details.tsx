import type { Profile } from '#domain';
import { useWords } from '../language/speaking';
import type { ToldEntry } from './story';
import { valueInWords } from './values';

/** Every public field of an entry, and where the entry stands in the log, behind a line one opens. */
export function EntryDetails({
  told: { entry, data },
  profile,
}: {
  readonly told: ToldEntry;
  readonly profile: Profile;
}) {
  const words = useWords();
  const { t } = words;
  return (
    <details class="entry-details">
      <summary>{t('entry.details')}</summary>
      <dl>
        {Object.entries(data)
          .filter(([, value]) => value !== undefined && value !== null)
          .map(([field, value]) => (
            <Fact key={field} name={words.field(field)}>
              {field === 'identifiers' ? identifiersInWords(value, profile) : valueInWords(field, value, words)}
            </Fact>
          ))}
        <Fact name={t('entry.version')}>{t('entry.versionOf', { type: entry.type, version: entry.version })}</Fact>
        <Fact name={t('entry.entryId')}>
          <code>{entry.id}</code>
        </Fact>
        <Fact name={t('entry.number')}>{words.number(entry.revision + 1)}</Fact>
        <Fact name={t('entry.position')}>{words.number(entry.position)}</Fact>
      </dl>
    </details>
  );
}

/** Identifiers with the names of their schemes. */
export function identifiersInWords(identifiers: unknown, profile: Profile): string {
  if (!Array.isArray(identifiers)) return '';
  return identifiers
    .map((each: unknown) => {
      const { scheme, id } = (each ?? {}) as { scheme?: unknown; id?: unknown };
      return `${profile.identifierSchemes[String(scheme)] ?? String(scheme)}: ${String(id)}`;
    })
    .join('; ');
}

function Fact({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
