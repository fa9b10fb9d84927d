import { addressOf } from '../addresses';
import { AskLink } from '../civic/parts';
import type { Asking } from '../civic/views';
import { MomentNotice } from '../elements/moment';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import { Filters } from './filters';
import { Elsewhere, Found, HowMany, Lines, Pages, Ways, choiceInWords, dataOf } from './found';
import { without } from './view';
import type { RegisterView } from './view';

interface RegisterPageProps {
  readonly view: RegisterView;
  readonly origin: string;
  readonly asking?: Asking;
}

/** The register: search, filters, counts, list. */
export function RegisterPage({ view, origin, asking }: RegisterPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { address } = view;
  const past = address.asOf !== undefined || address.knownAt !== undefined;
  return (
    <Page
      title={words.row([t('register.title'), ...choiceInWords(view, words)])}
      here={{ page: 'register', query: address }}
      origin={origin}
      position={view.position}
      data={dataOf(view)}
      indexed={!past && address.q === undefined && address.cursor === undefined}
    >
      <div class="wide register">
        <h1>{t('register.title')}</h1>
        <HowMany view={view} />
        <Ways view={view} />
        <Filters view={view} />
        <section class="found" aria-label={t('register.title')}>
          <MomentNotice
            what={t('moment.register')}
            moment={address}
            present={addressOf(language, { page: 'register', query: without(address, 'asOf', 'knownAt') })}
          >
            {view.wordsIgnored && <p>{t('register.searchNotInPast')}</p>}
          </MomentNotice>
          <Found view={view} />
          <Lines view={view} />
          <Pages view={view} />
          <Elsewhere view={view} />
          <AskLink asking={asking} subject={{ about: 'report', id: 'register' }} />
        </section>
      </div>
    </Page>
  );
}
