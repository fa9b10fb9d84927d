import type { ComponentChildren } from 'preact';
import type { MomentInAddress } from '../addresses';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** The two dates a page can be asked for: the day in the world, and the day of our knowledge. `today` is the latest that can be chosen. */
export function MomentFields({ moment, today }: { readonly moment: MomentInAddress; readonly today: string }) {
  const { t } = useWords();
  return (
    <fieldset class="moment-fields">
      <legend>{t('moment.title')}</legend>
      <DateField name="asOf" label={t('moment.asOf')} value={moment.asOf} max={today} />
      <DateField name="knownAt" label={t('moment.knownAt')} value={moment.knownAt} max={today} />
    </fieldset>
  );
}

interface DateFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly max: string;
}

export function DateField({ name, label, value, max }: DateFieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input type="date" id={name} name={name} value={value ?? ''} min="1900-01-01" max={max} />
    </div>
  );
}

interface MomentNoticeProps {
  /** What is looked at: the register, or an asset. */
  readonly what: string;
  readonly moment: MomentInAddress;
  /** The same page today. */
  readonly present: string;
  readonly children?: ComponentChildren;
}

/** Says that a page is about another moment, so that nobody takes it for today's. Nothing for a page of today. */
export function MomentNotice({ what, moment, present, children }: MomentNoticeProps) {
  const words = useWords();
  const said = momentInWords(what, moment, words);
  if (said === undefined) return null;
  return (
    <div class="notice">
      <p>
        <strong>{said}</strong> <a href={present}>{words.t('moment.today')}</a>
      </p>
      {moment.asOf !== undefined && <p>{words.t('moment.undated')}</p>}
      {children}
    </div>
  );
}

/** The moment as a sentence; undefined for today. */
export function momentInWords(what: string, { asOf, knownAt }: MomentInAddress, words: Words): string | undefined {
  const { t } = words;
  const day = (date: string): string => words.day(date);
  if (asOf !== undefined && knownAt !== undefined) {
    return t('moment.stoodAndKnown', { what, asOf: day(asOf), knownAt: day(knownAt) });
  }
  if (asOf !== undefined) return t('moment.stoodOn', { what, asOf: day(asOf) });
  return knownAt === undefined ? undefined : t('moment.knownOn', { what, knownAt: day(knownAt) });
}

/** Beside a count of a day, how many acts of its sort it leaves out until the day they were written down; nothing where there are none. */
export function UndatedActs({ count = 0 }: { readonly count?: number | undefined }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <>
      {' '}
      <span class="beside">{t('moment.undatedActs', { count })}</span>
    </>
  );
}
