import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { CallCard } from './calls-pages';
import { ThreadCard } from './dialogue-pages';
import { DayOfPage } from './on-a-day';
import { AskLink, Section } from './parts';
import type { Asking, CallLine, DialogueLine } from './views';

interface AssetProps {
  readonly asset: string;
  readonly calls: readonly CallLine[];
  readonly threads: readonly DialogueLine[];
  readonly asking: Asking;
}

/** What other reports say of an asset: the calls it was offered in, what the public asked about it, and where to ask. */
export function AssetCivic({ asset, calls, threads, asking }: AssetProps) {
  const { t, language } = useWords();
  const moment = useContext(DayOfPage);
  if (calls.length === 0 && threads.length === 0 && asking === undefined) return null;
  return (
    <div class="asset-civic civic">
      {calls.length > 0 && (
        <Section id="calls" title={t('civic.calls.ofAsset')}>
          <ul class="cards">
            {calls.map((call) => (
              <li key={call.id}>
                <CallCard call={call} />
              </li>
            ))}
          </ul>
          <p class="after-list">
            <a href={addressOf(language, { page: 'calls', query: { asset, ...moment } })}>
              {t('civic.calls.allOfAsset')}
            </a>
          </p>
        </Section>
      )}
      <Section id="dialogue" title={t('civic.dialogues.ofAsset')}>
        {threads.length === 0 ? (
          <p class="quiet">{t('civic.dialogues.noneOfAsset')}</p>
        ) : (
          <>
            <ul class="cards">
              {threads.map((thread) => (
                <li key={thread.id}>
                  <ThreadCard thread={thread} />
                </li>
              ))}
            </ul>
            <p class="after-list">
              <a href={addressOf(language, { page: 'dialogues', query: { asset, ...moment } })}>
                {t('civic.dialogues.allOfAsset')}
              </a>
            </p>
          </>
        )}
        <AskLink asking={asking} subject={{ about: 'asset', id: asset }} />
      </Section>
    </div>
  );
}
