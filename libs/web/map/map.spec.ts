import fc from 'fast-check';
import { drawingOf } from './drawing';
import { areasWithin, boundsOfArea, centreOfArea, geographyOf, isWithin } from './geography';
import { isNear, onGrid, seenInAddress } from './seen';
import { shadeOf, stepsUpTo } from './steps';

const italy = geographyOf('IT')!;

describe('the geography of Italy', () => {
  it('has every region and province, each province in its region', () => {
    expect([italy.regions.size, italy.provinces.size]).toEqual([20, 107]);
    for (const province of italy.provinces.values()) {
      const region = italy.regions.get(province.region!)!;
      expect([province.code, isWithin(region.bounds, province.centre)]).toEqual([province.code, true]);
    }
  });

  it('knows where municipalities lie', () => {
    const [x, y] = centreOfArea(italy, 'municipality', '082053')!;
    expect(Math.abs(x - 13.36) + Math.abs(y - 38.12)).toBeLessThan(0.1);
    const within = areasWithin(italy, 'municipality', { west: 13.2, south: 38, east: 13.5, north: 38.2 });
    expect(within).toContain('082053');
    expect(within.length).toBeLessThan(40);
  });

  it('shows the smallest area chosen, and the country where none is known', () => {
    expect(boundsOfArea(italy, { region: '19', province: '082' })).toEqual(italy.provinces.get('082')!.bounds);
    expect(boundsOfArea(italy, { region: '99' })).toEqual(italy.bounds);
    expect(geographyOf('ZZ')).toBeUndefined();
  });
});

describe('the drawing', () => {
  const regions = [...italy.regions.values()];
  const drawing = drawingOf(regions);

  it('has room for every point of every outline', () => {
    for (const { rings } of regions)
      for (const [x, y] of rings.flat().map(drawing.place)) {
        expect(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height).toBe(true);
      }
    expect(Math.max(drawing.width, drawing.height)).toBe(1000);
  });

  it('puts north above and east to the right', () => {
    const [milan, palermo] = [drawing.place([9.19, 45.46]), drawing.place([13.36, 38.12])];
    expect(milan[1]).toBeLessThan(palermo[1]);
    expect(milan[0]).toBeLessThan(palermo[0]);
  });

  it('says an outline in few words that lead back to where it began', () => {
    const text = regions.map(drawing.path).join('');
    expect(text.length).toBeLessThan(40_000);
    const [, start, steps] = /^M(\d+ \d+)l([^z]*)z/.exec(drawing.path(italy.regions.get('10')!))!;
    const numbers = steps!.match(/-?\d+/g)!.map(Number);
    expect(numbers.length % 2).toBe(0);
    let [x, y] = start!.split(' ').map(Number) as [number, number];
    for (let place = 0; place < numbers.length; place += 2) {
      x += numbers[place]!;
      y += numbers[place + 1]!;
      expect(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height).toBe(true);
    }
  });
});

describe('a view', () => {
  const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const views = fc.record({
    bounds: fc
      .tuple(degrees(-180, 180), degrees(-180, 180), degrees(-90, 90), degrees(-90, 90))
      .map(([a, b, c, d]) => ({ west: Math.min(a, b), south: Math.min(c, d), east: Math.max(a, b), north: Math.max(c, d) })),
    zoom: fc.integer({ min: 0, max: 19 }),
  }); // prettier-ignore

  it('lies on a grid of its zoom, near to where it was, and stays there', () => {
    fc.assert(
      fc.property(views, (seen) => {
        const { bounds, zoom } = onGrid(seen);
        const step = 360 / (32 * 2 ** zoom);
        for (const side of ['west', 'south', 'east', 'north'] as const)
          expect(Math.abs(bounds[side] - seen.bounds[side])).toBeLessThanOrEqual(1.5 * step + 0.00002);
        expect(bounds.west < bounds.east && bounds.south < bounds.north).toBe(true);
        expect(bounds.west >= -180 && bounds.east <= 180 && bounds.south >= -90 && bounds.north <= 90).toBe(true);
        expect(onGrid({ bounds, zoom })).toEqual({ bounds, zoom });
      }),
    );
  });

  it('comes to the same place of the grid when its middle is looked at again on the same screen', () => {
    fc.assert(
      fc.property(degrees(6, 19), degrees(36, 47), fc.integer({ min: 4, max: 18 }), fc.integer({ min: 150, max: 700 }), (x, y, zoom, half) => {
        const [wide, high] = [(half * 360) / (256 * 2 ** zoom), (half * 270) / (256 * 2 ** zoom)];
        const around = (at: number, on: number) => onGrid({ bounds: { west: at - wide, south: on - high, east: at + wide, north: on + high }, zoom });
        const once = around(x, y);
        const { west, south, east, north } = once.bounds;
        const again = around((west + east) / 2, (south + north) / 2);
        expect(isNear(again, once)).toBe(true);
      }),
    );
  }); // prettier-ignore

  it('is said in its address in few letters, in the order of GeoJSON', () => {
    const seen = onGrid({ bounds: { west: 13.3, south: 38.08, east: 13.42, north: 38.15 }, zoom: 14 });
    expect(seenInAddress(seen)).toEqual({ bbox: '13.30032,38.07999,13.4198,38.15002', zoom: '14' });
  });
});

describe('shades', () => {
  it('go up to the most there is, and none is given for none', () => {
    expect(stepsUpTo(1000)).toEqual([40, 160, 360, 640, 1000]);
    expect([0, 1, 40, 41, 1000].map((assets) => shadeOf(assets, stepsUpTo(1000)))).toEqual([0, 1, 1, 2, 5]);
    expect(stepsUpTo(1)).toEqual([1]);
    expect(stepsUpTo(0)).toEqual([]);
  });
});
