import { useWords } from '../language/speaking';

/** In the place of a value that nobody recorded: a blank would leave open whether it is withheld. */
export const NotRecorded = () => <span class="quiet">{useWords().t('nothing.notRecorded')}</span>;

/** In the place of a figure that what is counted cannot have: a dash, said in words to those who hear it. */
export function NoSuchFigure() {
  const { t } = useWords();
  return (
    <span class="quiet">
      <span aria-hidden="true">–</span>
      <span class="hidden">{t('nothing.noSuchFigure')}</span>
    </span>
  );
}

/** Why the public does not see a value. */
export type Reason = 'restricted' | 'personal' | 'erased';

/** In the place of a value that is recorded and not shown. */
export const WithheldValue = ({ reason }: { readonly reason: Reason }) => (
  <em class="withheld-value">{useWords().t(`nothing.withheld.${reason}`)}</em>
);
