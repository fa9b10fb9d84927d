import type { JsonObject } from '#domain';

const sicily = { country: 'IT', region: { code: '19', name: 'Sicilia' } };
const palermo = { ...sicily, province: { code: '082', name: 'Palermo' } };

/** Where assets of property tests lie: towns of one province and of others, a province without a town, and nowhere in particular. */
export const places: readonly JsonObject[] = [
  { ...palermo, municipality: { code: '082053', name: 'Palermo' } },
  { ...palermo, municipality: { code: '082049', name: 'Monreale' } },
  palermo,
  { ...sicily, province: { code: '087', name: 'Catania' }, municipality: { code: '087015', name: 'Catania' } },
  { country: 'IT', region: { code: '08', name: 'Emilia-Romagna' }, province: { code: '040', name: 'Forlì-Cesena' }, municipality: { code: '040012', name: 'Forlì' } },
  { country: 'IT' },
]; // prettier-ignore

/** Merged long ago: old sources name it, and no map has its centre. */
export const mergedTown: JsonObject = { ...palermo, municipality: { code: '082999', name: 'Vecchia' } };
