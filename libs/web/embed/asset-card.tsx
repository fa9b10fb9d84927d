import { addressOf } from '../addresses';
import type { AssetView } from '../asset/dossier';
import { statusSentence } from '../asset/status';
import { Title, titleOf } from '../asset/title';
import { PhaseMark } from '../elements/phase-mark';
import { useWords } from '../language/speaking';
import { stylesheet } from '../layout/stylesheet';

interface CardProps {
  readonly view: AssetView;
  readonly origin: string;
}

/** An asset as other sites show it in a frame: what it is, where it stands, and the way to its page. No script, no form, nothing that asks for trust. */
export function AssetCard({ view, origin }: CardProps) {
  const words = useWords();
  const { t, language } = words;
  const { asset, id, position } = view.dossier;
  const page = origin + addressOf(language, { page: 'asset', id });
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${titleOf(view, words)} · ${t('site.name')}`}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={page} />
        <link rel="stylesheet" href={stylesheet.path} />
      </head>
      <body class="card-frame">
        <main>
          <h1>
            <a href={page} target="_blank" rel="noopener">
              <Title view={view} />
            </a>
          </h1>
          {asset ? (
            <>
              <p>
                <PhaseMark phase={asset.phase} />
              </p>
              <p>{statusSentence(asset, words)}</p>
            </>
          ) : (
            <p>{t('asset.gone')}</p>
          )}
          <p class="quiet">
            <span class="id">{id}</span> · {t('site.name')} · {t('embed.asOf', { day: view.today, position })}
          </p>
        </main>
      </body>
    </html>
  );
}
