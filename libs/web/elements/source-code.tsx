import { useContext } from 'preact/hooks';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

/** Where the source of the program lies, or whom to ask. */
export function SourceCode() {
  const { t } = useWords();
  const { sourceCode } = useContext(PlaceOfPage);
  if (sourceCode === undefined) return <>{t('integrity.step.askForSource')}</>;
  return (
    <>
      {t('integrity.step.source')}{' '}
      <a href={sourceCode} dir="ltr">
        {sourceCode}
      </a>
    </>
  );
}

/** Which program one needs for checking, and where it lies. */
export function ProgramStep() {
  const { t } = useWords();
  return (
    <>
      {t('integrity.step.program')} <SourceCode />
    </>
  );
}
