import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { AccountView } from './account-page';
import { Confirming, Doing } from './doing';
import { Field, faultText } from './parts';

export interface TokenLine {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly endsAt: number;
  readonly usedAt: number | null;
  readonly revokedAt: number | null;
}

/** For how many days a token may be made. */
export const lasting = [30, 90, 180, 365] as const;

/** Tokens for programs: what there is, and the form for a new one. */
export function Tokens({ view }: { readonly view: AccountView }) {
  const words = useWords();
  const { t } = words;
  return (
    <section class="access-card">
      <h2>{t('access.token.title')}</h2>
      <p>{t('access.token.text')}</p>
      {view.tokens.length === 0 ? (
        <p class="quiet">{t('access.token.none')}</p>
      ) : (
        <ul class="lines">
          {view.tokens.map((token) => (
            <li key={token.id}>
              <div>
                <p class="line-title">{token.name}</p>
                <p class="quiet">{tokenFacts(token, view.now, words)}</p>
              </div>
              {token.revokedAt === null && token.endsAt > view.now && (
                <Doing view={view} what="revoke-token" class="line-form">
                  <input type="hidden" name="id" value={token.id} />
                  <button type="submit" class="secondary">
                    {t('access.token.revoke')}
                    <span class="hidden">: {token.name}</span>
                  </button>
                </Doing>
              )}
            </li>
          ))}
        </ul>
      )}
      <NewToken view={view} />
    </section>
  );
}

/** What a token is for, until when, and when it was last used. */
export function tokenFacts(
  { scopes, endsAt, usedAt, revokedAt }: Omit<TokenLine, 'id' | 'name'>,
  now: number,
  words: Words,
): string {
  const { t } = words;
  const names = scopes.map((scope) => words.code('scope', scope));
  const facts = t('access.token.facts', {
    scopes: names.length > 0 ? words.list(names) : t('access.token.noScope'),
    until: words.moment(endsAt),
  });
  if (revokedAt !== null) return `${facts} ${t('access.token.revoked', { revoked: words.moment(revokedAt) })}`;
  if (endsAt <= now) return `${facts} ${t('access.token.ended')}`;
  const used = usedAt === null ? t('access.token.neverUsed') : t('access.token.used', { used: words.moment(usedAt) });
  return `${facts} ${used}`;
}

function NewToken({ view }: { readonly view: AccountView }) {
  const words = useWords();
  const { t } = words;
  const { fault, typed = {} } = view;
  const scopeFault = fault?.field === 'scopes' ? fault : undefined;
  return (
    <details open={['token-name', 'scopes', 'token-present'].includes(fault?.field ?? '')}>
      <summary>{t('access.token.make')}</summary>
      <Doing view={view} what="make-token">
        <Field
          view={view}
          name="name"
          id="token-name"
          label={t('access.token.name')}
          hint={t('access.token.nameHint')}
          autocomplete="off"
          maxLength={100}
          value={typed.name ?? ''}
        />
        <fieldset class="choices" aria-describedby={scopeFault ? 'scopes-fault' : undefined}>
          <legend>{t('access.token.scopes')}</legend>
          {scopeFault && (
            <p class="fault" id="scopes-fault">
              {faultText(scopeFault, words)}
            </p>
          )}
          {view.scopes.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name={`scope-${scope}`} value="on" checked={typed[`scope-${scope}`] === 'on'} />
              {words.code('scope', scope)}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="days">{t('access.token.days')}</label>
          <select id="days" name="days">
            {lasting.map((days) => (
              <option key={days} value={String(days)} selected={String(days) === (typed.days ?? '90')}>
                {t('access.token.daysCount', { count: days })}
              </option>
            ))}
          </select>
        </div>
        {view.local && <Confirming view={view} id="token-present" />}
        <button type="submit">{t('access.token.make')}</button>
      </Doing>
    </details>
  );
}
