/** As much of Leaflet 1.9 as the map's script uses. */
declare module 'leaflet' {
  type Point = readonly [latitude: number, longitude: number];

  interface Box {
    getWest(): number;
    getSouth(): number;
    getEast(): number;
    getNorth(): number;
  }

  interface Layer {
    addTo(to: Map | LayerGroup): this;
    bindPopup(content: HTMLElement, options?: object): this;
    openPopup(): this;
    getElement(): HTMLElement | undefined;
  }

  interface LayerGroup extends Layer {
    removeLayer(layer: Layer): this;
  }

  interface Map {
    fitBounds(bounds: readonly [Point, Point], options?: object): this;
    setView(centre: Point, zoom: number): this;
    getBounds(): Box;
    getSize(): { readonly x: number; readonly y: number };
    /** Pixels from the upper left corner of the map. */
    latLngToContainerPoint(point: Point): { readonly x: number; readonly y: number };
    getZoom(): number;
    getMaxZoom(): number;
    closePopup(): this;
    panBy(offset: unknown, options?: object): this;
    on(event: string, does: () => void): this;
    scrollWheelZoom: { enable(): void; disable(): void };
    attributionControl: { setPrefix(prefix: false): void };
  }

  export function map(element: HTMLElement, options: object): Map;
  export function layerGroup(): LayerGroup;
  export function marker(point: Point, options: object): Layer;
  export function divIcon(options: object): object;
  export function geoJSON(data: unknown, options: object): Layer;
  export function tileLayer(url: string, options: object): Layer;
  export const control: { zoom(options: object): Layer };
  export type { Map, Layer, LayerGroup, Point };
}
