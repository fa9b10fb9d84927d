import { addressOf } from '../addresses';
import type { AskSubject, ErrorSeen } from '../addresses';
import { useWords } from '../language/speaking';
import { Page } from '../layout/page';

/** What the form holds. */
export interface AskFields {
  readonly kind: string;
  readonly text: string;
  readonly authority: string;
  readonly askerName: string;
  readonly askerContact: string;
  /** What each photo shows, in words, by its place in the form; a photo itself is never shown again. */
  readonly photoWords: readonly string[];
}

/** Why something handed in could not be taken, as far as whoever wrote it can mend it. */
export type AskFault =
  | 'text-missing' | 'text-too-long' | 'name-too-long' | 'contact-too-long' | 'text-unreadable' | PhotoFault | 'not-from-here' | 'malformed' | 'too-many' | 'not-now' | 'refused'; // prettier-ignore

export type PhotoFault =
  | 'photo-with-question' | 'photo-words-missing' | 'photo-words-too-long' | 'photo-too-large' | 'photo-type' | 'photo-unreadable'; // prettier-ignore

export interface AskView {
  readonly subject: AskSubject;
  /** What is asked about, in words. */
  readonly name: string;
  /** The authorities that can answer, the likeliest first. */
  readonly authorities: readonly string[];
  readonly fields: AskFields;
  /** Names the entry, so that one sent twice is recorded once. */
  readonly token: string;
  readonly days: number;
  /** Public address of the pages; empty for this very server. */
  readonly site: string;
  readonly faults: readonly AskFault[];
  /** Photos had been chosen, and a browser does not choose them again by itself. */
  readonly photosAgain: boolean;
  /** The need that is answered, where an offer of support is begun. */
  readonly need?: string;
  /** An error in the data that is being told. */
  readonly error?: ErrorSeen;
}

export const askKinds = ['question', 'observation', 'complaint'] as const;
/** Characters of each text, and how many photos of how many megabytes. */
export const ASK_LIMITS = {
  text: 4000,
  name: 200,
  contact: 500,
  photos: 3,
  photoWords: 500,
  photoMegabytes: 20,
} as const;

/** What stands in a field people do not see and machines fill in. */
export const HONEYPOT = 'website';

/** The form by which anybody asks a question or reports what they saw. It works without a script. */
export function AskPage({ view, origin }: { readonly view: AskView; readonly origin: string }) {
  const words = useWords();
  const { t, language } = words;
  const { subject, fields, faults, authorities, error } = view;
  const faulty = (...names: AskFault[]): boolean => faults.some((fault) => names.includes(fault));
  const limits = {
    limit: ASK_LIMITS.text,
    wordsLimit: ASK_LIMITS.photoWords,
    megabytes: ASK_LIMITS.photoMegabytes,
    observation: words.code('threadKind', 'observation'),
  };
  const textFault = faulty('text-missing', 'text-too-long', 'text-unreadable');
  return (
    <Page
      title={t('civic.ask.title')}
      here={{ page: 'ask', subject, ...(error && { error }), ...(view.need !== undefined && { need: view.need }) }}
      origin={origin}
      site={view.site}
      indexed={false}
    >
      <div class="wide ask-page">
        <h1>{t('civic.ask.title')}</h1>
        <p class="lead">{t('civic.ask.about', { name: view.name })}</p>
        {view.need !== undefined && (
          <p class="note">
            {t('civic.ask.offerHint')}{' '}
            <a href={view.site + addressOf(language, { page: 'guide', guide: 'company' })}>
              {t('reports.support.how')}
            </a>
          </p>
        )}
        {faults.length > 0 && (
          <div class="notice" role="alert">
            <p>
              <strong>{t('civic.ask.notTaken')}</strong>
            </p>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{t(`civic.ask.fault.${fault}`, limits)}</li>
              ))}
              {view.photosAgain && <li>{t('civic.ask.photosAgain')}</li>}
            </ul>
          </div>
        )}
        <form
          method="post"
          action={addressOf(language, { page: 'ask', subject })}
          encType="multipart/form-data"
          class="ask-form"
        >
          <input type="hidden" name="token" value={view.token} />
          <fieldset class="choice">
            <legend>{t('civic.ask.kind')}</legend>
            {askKinds.map((kind) => (
              <label key={kind} class="radio">
                <input type="radio" name="kind" value={kind} checked={fields.kind === kind} />
                <span>
                  {words.code('threadKind', kind)} <span class="quiet">{t(`civic.ask.kindMeans.${kind}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for="text">{t('civic.ask.text')}</label>
            <p class="quiet" id="text-hint">
              {t('civic.ask.textHint')}
            </p>
            <textarea
              id="text"
              name="text"
              rows={8}
              maxLength={ASK_LIMITS.text}
              required
              aria-describedby="text-hint"
              aria-invalid={textFault ? 'true' : undefined}
            >
              {fields.text}
            </textarea>
          </div>
          {authorities.length > 1 ? (
            <div class="field">
              <label for="authority">{t('civic.ask.authority')}</label>
              <select id="authority" name="authority">
                {authorities.map((authority) => (
                  <option key={authority} value={authority} selected={authority === fields.authority}>
                    {words.agency(authority)}
                  </option>
                ))}
              </select>
            </div>
          ) : (
            <>
              <input type="hidden" name="authority" value={authorities[0] ?? ''} />
              <p>{t('civic.ask.goesTo', { authority: authorities[0] ?? '' })}</p>
            </>
          )}
          <Photos words={fields.photoWords} faulty={faults.some((fault) => fault.startsWith('photo-'))} />
          <fieldset class="choice">
            <legend>{t('civic.ask.you')}</legend>
            <p class="quiet" id="you-hint">
              {t('civic.ask.youHint')}
            </p>
            <div class="field">
              <label for="askerName">{t('civic.ask.name')}</label>
              <input
                type="text"
                id="askerName"
                name="askerName"
                value={fields.askerName}
                maxLength={ASK_LIMITS.name}
                autocomplete="name"
                aria-describedby="you-hint"
              />
            </div>
            <div class="field">
              <label for="askerContact">{t('civic.ask.contact')}</label>
              <input
                type="text"
                id="askerContact"
                name="askerContact"
                value={fields.askerContact}
                maxLength={ASK_LIMITS.contact}
                autocomplete="email"
                aria-describedby="you-hint"
              />
            </div>
          </fieldset>
          <div class="hidden" aria-hidden="true">
            <label for={HONEYPOT}>{t('civic.ask.leaveEmpty')}</label>
            <input type="text" id={HONEYPOT} name={HONEYPOT} tabIndex={-1} autocomplete="off" />
          </div>
          <p>{t('civic.ask.whatHappens', { days: view.days })}</p>
          <button type="submit">{t('civic.ask.send')}</button>
        </form>
      </div>
    </Page>
  );
}

/** So many fields for photos, each with one for what it shows. */
function Photos({ words, faulty }: { readonly words: readonly string[]; readonly faulty: boolean }) {
  const { t } = useWords();
  return (
    <fieldset class={faulty ? 'choice photo-fields faulty' : 'choice photo-fields'}>
      <legend>{t('civic.ask.photos')}</legend>
      <p class="quiet" id="photos-hint">
        {t('civic.ask.photosHint', { most: ASK_LIMITS.photos, megabytes: ASK_LIMITS.photoMegabytes })}
      </p>
      {Array.from({ length: ASK_LIMITS.photos }, (_, place) => (
        <div key={place} class="photo">
          <div class="field">
            <label for={`photo-${place + 1}`}>{t('civic.ask.photo', { number: place + 1 })}</label>
            <input
              type="file"
              id={`photo-${place + 1}`}
              name={`photo-${place + 1}`}
              accept="image/jpeg,image/png,image/webp"
              aria-describedby="photos-hint"
              aria-invalid={faulty ? 'true' : undefined}
            />
          </div>
          <div class="field">
            <label for={`photo-${place + 1}-words`}>{t('civic.ask.photoWords', { number: place + 1 })}</label>
            <input
              type="text"
              id={`photo-${place + 1}-words`}
              name={`photo-${place + 1}-words`}
              value={words[place] ?? ''}
              maxLength={ASK_LIMITS.photoWords}
            />
          </div>
        </div>
      ))}
    </fieldset>
  );
}

interface ReceivedProps {
  readonly id: string;
  readonly days: number;
  /** Where the thread can be read; undefined where the public pages are not known to this server. */
  readonly thread: string | undefined;
  readonly site: string;
  readonly origin: string;
}

/** That it was received, under which id, and what happens now. */
export function ReceivedPage({ id, days, thread, site, origin }: ReceivedProps) {
  const { t } = useWords();
  return (
    <Page title={t('civic.ask.received')} origin={origin} site={site} indexed={false}>
      <div class="wide ask-page">
        <h1>{t('civic.ask.received')}</h1>
        <p class="lead">{t('civic.ask.whatHappens', { days })}</p>
        <p>
          {t('civic.ask.keepId')} <code class="id">{id}</code>
        </p>
        {thread !== undefined && (
          <p class="ask">
            <a class="button" href={thread}>
              {t('civic.ask.readThread')}
            </a>
          </p>
        )}
      </div>
    </Page>
  );
}
