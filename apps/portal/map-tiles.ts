import type { Environment } from '#process';
import { SettingsReader, WrongSetting } from '#process';
import type { MapTiles } from '#web';

/** Where the map's pictures of the ground come from; none by default, so that no other server learns who looks at what. Throws WrongSetting. */
export function mapTilesFrom(env: Environment): MapTiles | undefined {
  const settings = new SettingsReader(env);
  const url = settings.text('PORTAL_MAP_TILES', '', /^(https?:\/\/[0-9A-Za-z.:[\]-]+\/[0-9A-Za-z._~/{}@?=&%-]*)?$/);
  if (url === '') return undefined;
  if (!['{z}', '{x}', '{y}'].every((part) => url.includes(part))) {
    throw new WrongSetting(`PORTAL_MAP_TILES is "${url}". Say where zoom and tile stand in it by {z}, {x} and {y}.`);
  }
  const attribution = settings.text('PORTAL_MAP_ATTRIBUTION', '', /^[^<>\n]{0,200}$/);
  if (attribution === '') {
    throw new WrongSetting('Set PORTAL_MAP_ATTRIBUTION too: it says on the map whom its pictures are from.');
  }
  return { url, attribution };
}
