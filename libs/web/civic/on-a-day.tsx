import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { LegalDate } from '#domain';
import { addressOf } from '../addresses';
import type { CivicList } from '../addresses';
import { KnownField } from '../elements/known-on';
import { DateField, MomentNotice } from '../elements/moment';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

/** The day a page is about that is no list of the register or of its chapters; none for a page of today. It goes with the reader from page to page. */
export const DayOfPage = createContext<{ readonly asOf?: LegalDate }>({});

/** The latest day that can be chosen; undefined where nobody said what day it is. */
export const useToday = (): LegalDate | undefined => useContext(PlaceOfPage).today;

interface LinkProps {
  readonly list: CivicList;
  readonly id: string;
  readonly children: ComponentChildren;
}

/** Leads to the page of a call, organisation, thread or group, on the day this page is about. */
export function CivicLink({ list, id, children }: LinkProps) {
  const { language } = useWords();
  const moment = useContext(DayOfPage);
  return <a href={addressOf(language, { page: 'civic', list, id, moment })}>{children}</a>;
}

interface NoticeProps {
  readonly what: string;
  /** The same page of today. */
  readonly present: string;
}

/** Says that a page is about another day, and what of it is of today nevertheless. Nothing on a page of today. */
export function DayNotice({ what, present }: NoticeProps) {
  const { t } = useWords();
  return (
    <MomentNotice what={what} moment={useContext(DayOfPage)} present={present}>
      <p>{t('civic.namedToday')}</p>
    </MomentNotice>
  );
}

interface ChoiceProps {
  readonly list: CivicList;
  readonly id: string;
  /** How the page calls what it is about. */
  readonly what: string;
}

/** The day of the page of one call, organisation, thread or group, and another to look at. */
export function DayOfOne({ list, id, what }: ChoiceProps) {
  const { language } = useWords();
  const present = addressOf(language, { page: 'civic', list, id });
  return (
    <>
      <DayNotice what={what} present={present} />
      <DayBox action={present} />
    </>
  );
}

interface BoxProps {
  /** The page without a day. */
  readonly action: string;
  /** What else the page is about, as fields of the form. */
  readonly children?: ComponentChildren;
}

/** Another day to look at; nothing where nobody said what day it is. */
export function DayBox({ action, children }: BoxProps) {
  const { t } = useWords();
  const { asOf } = useContext(DayOfPage);
  const today = useToday();
  if (today === undefined) return null;
  return (
    <details class="moment-box" open={asOf !== undefined}>
      <summary>{t('moment.title')}</summary>
      <form method="get" action={action} data-known>
        {children}
        <DateField name="asOf" label={t('moment.asOf')} value={asOf} max={today} />
        <KnownField />
        <button type="submit" class="secondary">
          {t('moment.show')}
        </button>
      </form>
    </details>
  );
}
