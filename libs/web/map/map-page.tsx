import { useContext } from 'preact/hooks';
import { addressOf, dataAddress } from '../addresses';
import { MomentNotice } from '../elements/moment';
import { keepingDay } from '../known-at';
import { languageFacts } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { PlaceOfPage } from '../layout/place';
import { Filters } from '../register/filters';
import { Found, HowMany, Lines, Pages, Ways, choiceInWords, dataOf } from '../register/found';
import { without } from '../register/view';
import { AreaCounts } from './area-counts';
import { AreaPicture, canBeDrawn } from './area-picture';
import { boundsOfArea } from './geography';
import type { MapScript, MapView } from './view';

interface MapPageProps {
  readonly view: MapView;
  readonly origin: string;
}

/** Where the assets lie: a map, the same numbers as a table, and the list of the assets, all by the same filters. */
export function MapPage({ view, origin }: MapPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { list, geography, script } = view;
  const { address, total } = list;
  const plain = address.q === undefined && address.cursor === undefined && address.asOf === undefined;
  return (
    <Page
      title={words.row([t('map.title'), ...choiceInWords(list, words)])}
      here={{ page: 'map', query: address }}
      origin={origin}
      position={list.position}
      indexed={plain}
      data={dataOf(list)}
    >
      <div class="wide register map-page">
        <h1>{t('map.title')}</h1>
        <HowMany view={list} />
        <Ways view={list} />
        <Filters view={list} />
        <section class="found" aria-label={t('map.title')}>
          <MomentNotice
            what={t('moment.register')}
            moment={address}
            present={addressOf(language, { page: 'map', query: without(address, 'asOf') })}
          >
            {list.wordsIgnored ? <p>{t('register.searchNotInPast')}</p> : <p>{t('map.pastByArea')}</p>}
          </MomentNotice>
          <Found view={list} />
          {total > 0 && (
            <div class={canBeDrawn(view) ? 'map-parts' : undefined}>
              {canBeDrawn(view) && geography && (
                <figure class="map-figure">
                  {script && <Script view={view} script={script} words={words} />}
                  <div class="map-picture">
                    <AreaPicture view={view} />
                  </div>
                  <figcaption>
                    <p>{t('map.positions')}</p>
                    <p class="quiet">
                      {t('map.outlines', { source: geography.source.name })}{' '}
                      <a href={geography.source.href}>{geography.source.licence}</a>.
                    </p>
                  </figcaption>
                </figure>
              )}
              <AreaCounts view={view} />
            </div>
          )}
          <h2 class="map-list">{t('map.listOf')}</h2>
          <Lines view={list} />
          <Pages view={list} />
        </section>
      </div>
    </Page>
  );
}

/** As close as the areas of another day are of use: municipalities are counted within a province, and no single positions. */
const DEEPEST = { province: 8, municipality: 11 } as const;

/** What the script makes its map of; it puts it in the place of the picture once it runs. */
function Script({
  view,
  script,
  words,
}: {
  readonly view: MapView;
  readonly script: MapScript;
  readonly words: Words;
}) {
  const { list, geography } = view;
  const { language, t } = words;
  const { region, province, municipality } = list.address;
  const query = without(list.address);
  const code = (field: string, codes: readonly string[]): Record<string, string> =>
    Object.fromEntries(codes.map((each) => [each, words.code(field, each)]));
  const day = useContext(PlaceOfPage).known?.day;
  const settings = {
    locale: languageFacts[language].locale,
    bounds: boundsOfArea(geography!, { region, province, municipality }),
    data: day === undefined ? dataAddress.map(query) : keepingDay(dataAddress.map(query), day),
    outlines: script.outlines,
    page: addressOf(language, { page: 'map', query }),
    register: addressOf(language, { page: 'register' }),
    ...(script.tiles && { tiles: script.tiles }),
    ...(list.address.asOf !== undefined && { deepest: DEEPEST[province === undefined ? 'province' : 'municipality'] }),
    phases: code('phase', [...new Set(list.filters.phase?.map((each) => each.code))]),
    kinds: code('kind', [...new Set(list.filters.kind?.map((each) => each.code))]),
    categories: code('category', [...new Set(list.filters.category?.map((each) => each.code))]),
    words: {
      map: t('map.title'),
      zoomIn: t('map.zoomIn'),
      zoomOut: t('map.zoomOut'),
      closer: t('map.closer'),
      show: t('map.show'),
      close: t('map.close'),
      failed: t('map.failed'),
      together: t('map.together'),
      unlocated: t('map.unlocated'),
    },
    counts: words.countForms('map.count'),
  };
  return (
    <>
      <link rel="stylesheet" href={script.style} />
      <script src={script.path} integrity={script.integrity} defer />
      <p class="map-status" role="status" />
      <div id="map" class="map-canvas" hidden data-settings={JSON.stringify(settings)} />
    </>
  );
}
