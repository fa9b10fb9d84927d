import { useContext } from 'preact/hooks';
import { addressOf, dataAddress } from '../addresses';
import type { PageData } from '../elements/data-box';
import { MomentNotice } from '../elements/moment';
import { StatusStrip } from '../elements/status-strip';
import { keepingDay } from '../known-at';
import { languageFacts } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { PlaceOfPage } from '../layout/place';
import { Filters } from '../register/filters';
import { Found, Lines, Pages, Ways, choiceInWords, dataOf, howManyInWords } from '../register/found';
import { without } from '../register/view';
import { AreaCounts } from './area-counts';
import { AreaPicture, canBeDrawn } from './area-picture';
import { boundsOfArea } from './geography';
import { seenInAddress } from './seen';
import type { MapScript, MapView } from './view';

interface MapPageProps {
  readonly view: MapView;
  readonly origin: string;
}

/** The answer in a sentence: how many assets there are, or how many of them in the part of the map that is looked at. */
function countInWords({ list, seen }: MapView, { t }: Words): string {
  if (!seen) return howManyInWords(list, t);
  return t(list.totalIsMinimum ? 'map.inViewAtLeast' : 'map.inView', { count: list.total });
}

/** The files of the list are those of all assets of the map; of a part of it there are its numbers. */
function dataIn({ list, seen }: MapView, { t }: Words): PageData {
  const { fixed: _, files, ...data } = dataOf(list);
  if (!seen) return dataOf(list);
  const href = dataAddress.map({ ...without(list.address), ...seenInAddress(seen) });
  const all = files.map((file) => ({ ...file, part: t('map.allData') }));
  return { ...data, files: [{ href, form: 'geojson', part: t('map.viewData') }, ...all] };
}

/** Where the assets lie: a map, the same numbers as a table, and the list of the assets, all by the same filters. The script puts another list in the place of this one when the map is moved. */
export function MapPage({ view, origin }: MapPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { list, seen, geography, script } = view;
  const { address, total } = list;
  const plain = !seen && address.q === undefined && address.cursor === undefined && address.asOf === undefined;
  const part = seen && seenInAddress(seen);
  return (
    <Page
      title={words.row([t('map.title'), ...choiceInWords(list, words)])}
      here={{ page: 'map', query: { ...address, ...part } }}
      origin={origin}
      position={list.position}
      indexed={plain}
      data={dataIn(view, words)}
    >
      <div class="wide register map-page">
        <h1>{t('map.title')}</h1>
        <StatusStrip>{countInWords(view, words)}</StatusStrip>
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
          {(total > 0 || seen) && (
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
          <ListOfMap view={view} />
        </section>
      </div>
    </Page>
  );
}

/** The list under the map: of all its assets, or of those in the part that is looked at. What changes when the map is moved is said to those who hear the page. */
function ListOfMap({ view }: { readonly view: MapView }) {
  const words = useWords();
  const { t, language } = words;
  const { list, seen } = view;
  return (
    <>
      <h2 class="map-list">{seen ? t('map.listOfView') : t('map.listOf')}</h2>
      <p class="map-found" role="status">
        {countInWords(view, words)}
      </p>
      <div class="map-lines">
        {seen && (
          <p class="quiet">
            {t('map.asMarked')}{' '}
            <a href={addressOf(language, { page: 'map', query: without(list.address) })}>{t('map.whole')}</a>
          </p>
        )}
        {seen && list.lines.length === 0 ? (
          <div class="empty">
            <p>{t('map.emptyView')}</p>
          </div>
        ) : (
          <Lines view={list} />
        )}
        <Pages view={list} {...(seen && { more: seenInAddress(seen) })} />
      </div>
    </>
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
  const { list, seen, geography } = view;
  const { language, t } = words;
  const { region, province, municipality } = list.address;
  const query = without(list.address);
  const code = (field: string, codes: readonly string[]): Record<string, string> =>
    Object.fromEntries(codes.map((each) => [each, words.code(field, each)]));
  const day = useContext(PlaceOfPage).known?.day;
  const kept = (address: string): string => (day === undefined ? address : keepingDay(address, day));
  const settings = {
    locale: languageFacts[language].locale,
    bounds: seen?.bounds ?? boundsOfArea(geography!, { region, province, municipality }),
    ...(seen && { seen }),
    data: kept(dataAddress.map(query)),
    outlines: script.outlines,
    page: kept(addressOf(language, { page: 'map', query })),
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
