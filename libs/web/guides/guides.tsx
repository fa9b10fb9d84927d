import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import type { Guide, Target } from '../addresses';
import { Page } from '../layout/page';
import { PlaceOfPage } from '../layout/place';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** The terms of the glossary, in the order of an asset's life; each has a name and a text in every language. */
export const terms = [
  'asset', 'seizure', 'confiscation', 'final', 'agency', 'administrator', 'destination', 'transfer', 'call', 'assignment', 'agreement', 'use',
  'need', 'pledge', 'allocation', 'commitment', 'approval', 'payment', 'dossier', 'entry', 'correction', 'annulment', 'completeness', 'signal',
  'log', 'position', 'hash', 'checkpoint',
] as const; // prettier-ignore

/** The paragraphs of each guide under a heading, by their keys in the languages' files. */
const chapters: Readonly<
  Record<Exclude<Guide, 'glossary'>, readonly { readonly name: string; readonly items: number }[]>
> = {
  company: [
    { name: 'what', items: 5 },
    { name: 'steps', items: 6 },
    { name: 'checks', items: 4 },
    { name: 'public', items: 4 },
  ],
  accessibility: [
    { name: 'aim', items: 2 },
    { name: 'status', items: 2 },
    { name: 'done', items: 6 },
    { name: 'limits', items: 4 },
    { name: 'tested', items: 3 },
    { name: 'tell', items: 2 },
    { name: 'enforce', items: 2 },
  ],
};

const onward: Readonly<Record<Guide, readonly (readonly [string, Target])[]>> = {
  glossary: [['register', { page: 'register' }]],
  company: [
    ['needs', { page: 'support', query: { type: 'need', status: 'open' } }],
    ['near', { page: 'areas' }],
    ['all', { page: 'support' }],
    ['map', { page: 'map' }],
  ],
  accessibility: [['dialogue', { page: 'dialogues' }]],
};

interface GuidePageProps {
  readonly guide: Guide;
  readonly origin: string;
}

/** A text by a key that is put together; guides.spec.tsx finds one that is missing. */
const said = (words: Words, key: string): string => words.named(`guides.${key}`) ?? '';

/** A page of text: how things are called, how a company can help, how far the site can be used by everybody. */
export function GuidePage({ guide, origin }: GuidePageProps) {
  const words = useWords();
  const { t, language } = words;
  return (
    <Page title={t(`guides.${guide}.title`)} here={{ page: 'guide', guide }} origin={origin}>
      <article class="wide guide">
        <h1>{t(`guides.${guide}.title`)}</h1>
        <p class="lead">{t(`guides.${guide}.lead`)}</p>
        {guide === 'glossary' ? <Glossary /> : <Chapters guide={guide} />}
        <ul class="onward">
          {onward[guide].map(([name, target]) => (
            <li key={name}>
              <a href={addressOf(language, target)}>{said(words, `${guide}.onward.${name}`)}</a>
            </li>
          ))}
        </ul>
      </article>
    </Page>
  );
}

function Glossary() {
  const words = useWords();
  return (
    <dl class="glossary">
      {terms.map((term) => (
        <div key={term} id={term}>
          <dt>{said(words, `glossary.term.${term}.name`)}</dt>
          <dd>{said(words, `glossary.term.${term}.text`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where the authority reads what is wrong, where it says so. */
function Contact() {
  const { t } = useWords();
  const { contact } = useContext(PlaceOfPage);
  if (contact === undefined) return null;
  return (
    <p>
      {t('guides.accessibility.tell.contact')}{' '}
      <a href={contact} dir="ltr">
        {contact.replace(/^mailto:/, '')}
      </a>
    </p>
  );
}

function Chapters({ guide }: { readonly guide: Exclude<Guide, 'glossary'> }) {
  const words = useWords();
  return (
    <>
      {chapters[guide].map(({ name, items }) => {
        const List = name === 'steps' ? 'ol' : 'ul';
        return (
          <section key={name} aria-labelledby={name}>
            <h2 id={name}>{said(words, `${guide}.${name}.title`)}</h2>
            <List>
              {Array.from({ length: items }, (_, place) => (
                <li key={place}>{said(words, `${guide}.${name}.${place + 1}`)}</li>
              ))}
            </List>
            {guide === 'accessibility' && name === 'tell' && <Contact />}
          </section>
        );
      })}
    </>
  );
}
