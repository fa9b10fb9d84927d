import { languageFacts } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Original } from '../elements/original';
import { Page } from '../layout/page';

/** A call as an applicant sees it. */
export interface ApplyView {
  readonly call: string;
  readonly object: string;
  /** In plain words. */
  readonly summary: string;
  /** Instant with offset. */
  readonly deadline: string;
  readonly open: boolean;
  readonly criteria: readonly { readonly code: string; readonly words: string; readonly maximum: number }[];
  /** Undefined where applications are not sealed to a key that was dealt. */
  readonly sealing?: {
    readonly publicKey: string;
    readonly keysDigest: string;
    readonly threshold: number;
    readonly custodians: readonly string[];
  };
  /** Undefined where the script is not there. */
  readonly script?: { readonly path: string; readonly integrity: string };
  /** What proves to the registry that this page sends what it is sent; where somebody is signed in. */
  readonly formToken?: string;
  /** Where to sign in, for somebody who has to and did not. */
  readonly signIn?: string;
}

export interface ApplyPageProps {
  readonly view: ApplyView;
  readonly origin: string;
}

/** Where an organisation applies: what it writes is sealed in its browser, and only the ciphertext is sent. */
export function ApplyPage({ view, origin }: ApplyPageProps) {
  const words = useWords();
  const { t } = words;
  const { call, object, summary, open, sealing } = view;
  return (
    <Page title={t('apply.title', { object })} here={{ page: 'apply', call }} origin={origin} indexed={false}>
      <div class="wide apply">
        <h1>{t('apply.title', { object })}</h1>
        <p class="lead">
          <Original>{summary}</Original>
        </p>
        <p>
          {t('apply.deadline')} <time dateTime={view.deadline}>{spoken(view.deadline, words)}</time>
        </p>
        {open && sealing ? <Form {...view} sealing={sealing} origin={origin} /> : <p>{t('apply.closed')}</p>}
        {sealing && (
          <section aria-labelledby="apply-how">
            <h2 id="apply-how">{t('apply.how')}</h2>
            <p>{t('apply.holders', { threshold: sealing.threshold, holders: sealing.custodians.length })}</p>
            <ul>
              {sealing.custodians.map((office, place) => (
                <li key={place}>{office}</li>
              ))}
            </ul>
            <p>
              {t('apply.digest')} <code>{sealing.keysDigest.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
            <h2>{t('apply.commandLine')}</h2>
            <p>{t('apply.commandLineWhy')}</p>
            <pre tabIndex={0}>
              <code>
                {`npm run sealing -- seal FOLDER --call ${origin}/api/v1/calls/${call}/sealing --organisation ID --out SEALED\nnpm run sealing -- submit SEALED --url ${origin}`}
              </code>
            </pre>
          </section>
        )}
      </div>
      {open && sealing && view.script && (
        <script src={view.script.path} integrity={view.script.integrity} crossorigin="anonymous" defer />
      )}
    </Page>
  );
}

/** What the script says without anything put in. */
const said = ['sealing', 'sending', 'tooLarge', 'badFile', 'organisationNeeded', 'failed'] as const;

type FormProps = ApplyView & { readonly sealing: NonNullable<ApplyView['sealing']>; readonly origin: string };

/** Its fields have no names, so that nothing can be sent without the script. */
function Form({ call, criteria, sealing, formToken, signIn }: FormProps) {
  const { t } = useWords();
  const texts = Object.fromEntries(said.map((name) => [name, t(`apply.says.${name}`)]));
  const done = t('apply.says.done', { time: '{time}', application: '{application}' });
  return (
    <>
      {/* Taken away by the script, so that it also stands where the script did not arrive. */}
      <p class="note" id="apply-no-script">
        {t('apply.noScript')}
      </p>
      {signIn !== undefined && (
        <p class="note">
          {t('apply.signInFirst')} <a href={signIn}>{t('apply.signIn')}</a>
        </p>
      )}
      <p class="note" id="apply-unable" hidden role="alert">
        {t('apply.unable')}
      </p>
      <form
        id="apply"
        class="apply-form"
        data-call={call}
        data-public-key={sealing.publicKey}
        data-endpoint={`/api/v1/calls/${call}/sealed-applications`}
        data-form-token={formToken}
        data-texts={JSON.stringify({ ...texts, done })}
        autocomplete="off"
      >
        <p>{t('apply.draftStays')}</p>
        <p>
          <label for="apply-organisation">{t('apply.organisation')}</label>
          <input id="apply-organisation" type="text" data-organisation="" required maxLength={40} spellcheck={false} />
        </p>
        <Answer code="contact" label={t('apply.contact')} rows={2} />
        <Answer code="project" label={t('apply.project')} rows={8} />
        <fieldset>
          <legend>{t('apply.criteria')}</legend>
          {criteria.map(({ code, words, maximum }) => (
            <Answer key={code} code={`criterion-${code}`} label={t('apply.criterion', { words, maximum })} rows={6} />
          ))}
        </fieldset>
        <p>
          <label for="apply-attachments">{t('apply.attachments')}</label>
          <input id="apply-attachments" type="file" multiple data-attachments="" />
        </p>
        <p>
          <button type="button" disabled>
            {t('apply.seal')}
          </button>
        </p>
        <p id="apply-status" role="status" aria-live="polite" />
        <p>
          <a id="apply-receipt" href="#apply" hidden>
            {t('apply.receipt')}
          </a>
        </p>
      </form>
    </>
  );
}

function Answer({ code, label, rows }: { readonly code: string; readonly label: string; readonly rows: number }) {
  return (
    <p>
      <label for={`apply-${code}`}>{label}</label>
      <textarea id={`apply-${code}`} rows={rows} maxLength={20_000} data-answer={code} />
    </p>
  );
}

/** Date and time where the authority sits, with the zone's name. */
const spoken = (deadline: string, { language, timeZone }: Words): string =>
  new Intl.DateTimeFormat(languageFacts[language].locale, { dateStyle: 'full', timeStyle: 'long', timeZone }).format(
    new Date(deadline),
  );
