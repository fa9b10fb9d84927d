import { useContext } from 'preact/hooks';
import type { LegalDate } from '#domain';
import { addressOf } from '../addresses';
import type { Target } from '../addresses';
import { keepingDay } from '../known-at';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

/** On every page of a day of knowledge: of when it is, so that nobody takes it for today's. Nothing on a page of now. */
export function KnownNotice({ here }: { readonly here: Target | undefined }) {
  const { t, language } = useWords();
  const day = useContext(PlaceOfPage).known?.day;
  if (day === undefined) return null;
  return (
    <div class="wide">
      <div class="notice known-notice">
        <p>
          <strong>{t('known.notice', { day })}</strong>{' '}
          <a href={addressOf(language, here ?? { page: 'home' })} data-now>
            {t('known.toNow')}
          </a>
        </p>
      </div>
    </div>
  );
}

/** The days of knowledge among the fields of a form, and what is known now; nothing where no day is kept. The form is marked `data-known`. */
export function KnownField() {
  const words = useWords();
  const { t } = words;
  const { day, kept = [] } = useContext(PlaceOfPage).known ?? {};
  if (kept.length === 0) return null;
  return (
    <div class="field">
      <label for="knownAt">{t('moment.knownAt')}</label>
      <select id="knownAt" name="knownAt">
        <option value="">{t('known.now')}</option>
        {kept.map((each) => (
          <option key={each} value={each} selected={each === day}>
            {words.day(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** So many days stand at the foot of a page; all of them are on the page of data. */
const SHOWN = 6;

/** At the foot of a page, among what can be taken from it: the same page as it was known on the days that are kept. */
export function KnownDaysOf({ here }: { readonly here: string }) {
  const { t } = useWords();
  const { known } = useContext(PlaceOfPage);
  if (!known || keepingDay(here, '0000-00-00') === here) return null;
  return (
    <div class="known-days">
      <dt>{t('moment.knownAt')}</dt>
      <dd>{known.kept.length === 0 ? t('known.none') : <DayLinks days={known.kept.slice(0, SHOWN)} at={here} />}</dd>
    </div>
  );
}

interface DayLinksProps {
  readonly days: readonly LegalDate[];
  /** Address of a page from the site's root. */
  readonly at: string;
}

/** The same page on some days of knowledge. */
export function DayLinks({ days, at }: DayLinksProps) {
  const words = useWords();
  return (
    <>
      {days.map((day) => (
        <a key={day} href={keepingDay(at, day)} rel="nofollow">
          {words.day(day)}
        </a>
      ))}
    </>
  );
}
