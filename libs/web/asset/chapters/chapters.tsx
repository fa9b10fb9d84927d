import { compensations, documentList, moneyTrail, saleStatement, supportStatement, useStatement } from '#domain';
import { useWords } from '../../language/speaking';
import type { DossierAtMoment } from '../dossier';
import { DocumentsSection } from './documents-section';
import { placesIn } from './entry-link';
import { ExitSection } from './exit-section';
import { MoneySection } from './money-section';
import { SupportSection } from './support-section';
import { UseSection } from './use-section';

/** What the dossier says of money, support, use, documents and exit, each where something is recorded; what is not is said in one line. */
export function Chapters({ dossier }: { readonly dossier: DossierAtMoment }) {
  const words = useWords();
  const { t } = words;
  const { asset, inForce } = dossier;
  if (!asset) return null;
  const places = placesIn(dossier);
  const [money, support] = [moneyTrail(inForce), supportStatement(inForce, asset)];
  const [use, documents] = [useStatement(inForce, asset), documentList(inForce)];
  const [sale, paid] = [saleStatement(inForce, asset), compensations(inForce)];
  const there = {
    money: money.lines.length + money.works.length > 0,
    support: support.needs.length + support.pledges.length > 0,
    use: asset.use !== undefined || use.reports.length + use.visits.length + use.nonUse.length > 0,
  };
  const missing = [
    !there.money && t('reports.money.title'),
    !there.support && t('reports.support.title'),
    !there.use && t('reports.use.section'),
  ].filter((name) => name !== false);
  const left = sale !== undefined || paid.length > 0;
  const parts = [
    there.money && (['money', t('reports.money.section')] as const),
    there.support && (['support', t('reports.support.section')] as const),
    there.use && (['use', t('reports.use.section')] as const),
    left && (['exit', t('reports.exit.section')] as const),
    documents.length > 0 && (['documents', t('reports.documents.section')] as const),
    ['timeline', t('asset.timeline')] as const,
  ].filter((part) => part !== false);
  return (
    <>
      {parts.length > 1 && (
        <nav class="report-nav" aria-label={t('reports.onThisPage')}>
          <ul>
            {parts.map(([part, name]) => (
              <li key={part}>
                <a href={`#${part}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {there.money && <MoneySection trail={money} places={places} />}
      {there.support && <SupportSection asset={dossier.id} statement={support} places={places} />}
      {there.use && <UseSection statement={use} places={places} />}
      {left && <ExitSection sale={sale} paid={paid} places={places} />}
      {documents.length > 0 && <DocumentsSection documents={documents} places={places} />}
      {missing.length > 0 && (
        <p class="quiet chapters-missing">
          {t('reports.nothing', { what: words.list(missing.map((name) => name.toLowerCase())) })}
        </p>
      )}
    </>
  );
}
