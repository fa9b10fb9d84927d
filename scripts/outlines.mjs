// node scripts/outlines.mjs <folder>: the outlines and centres of Italy's areas for the map, out of the folder `topojson` of a checkout of
// github.com/openpolis/geojson-italy (boundaries by ISTAT, CC BY 4.0) into libs/web/map/outlines/it.json. Run again when areas have changed.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say where the folder "topojson" of openpolis/geojson-italy lies.');
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Arcs of a topology in degrees; shared borders stay shared, for each arc is simplified once. */
function arcsOf({ arcs, transform }, tolerance) {
  return arcs.map((arc) => {
    const points = transform === undefined ? arc : unpacked(arc, transform);
    return tolerance === 0 ? points : simplified(points, tolerance);
  });
}

/** Small files of the source give degrees, all others differences of whole numbers. */
function unpacked(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** Douglas-Peucker; a closed arc is cut in two at its farthest point first. */
function simplified(points, tolerance) {
  const last = points.length - 1;
  if (last < 2) return points;
  const [[ax, ay], [bx, by]] = [points[0], points[last]];
  const [vx, vy] = [bx - ax, by - ay];
  const length = Math.hypot(vx, vy);
  let [farthest, place] = [0, 0];
  for (let at = 1; at < last; at += 1) {
    const [px, py] = [points[at][0] - ax, points[at][1] - ay];
    const distance = length === 0 ? Math.hypot(px, py) : Math.abs(px * vy - py * vx) / length;
    if (distance > farthest) [farthest, place] = [distance, at];
  }
  if (farthest <= tolerance) return [points[0], points[last]];
  return [
    ...simplified(points.slice(0, place + 1), tolerance).slice(0, -1),
    ...simplified(points.slice(place), tolerance),
  ];
}

const ringOf = (arcs, numbers) => {
  const points = numbers.flatMap((number, place) => {
    const arc = number < 0 ? [...arcs[~number]].reverse() : arcs[number];
    return place === 0 ? arc : arc.slice(1);
  });
  return points;
};
const polygonsOf = (geometry) => (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs);
const area = (ring) =>
  ring.reduce((sum, [x, y], place) => {
    const [nextX, nextY] = ring[(place + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;

const SCALE = 1000;
/** First point, then differences, in thousandths of a degree. */
function packed(ring) {
  let [lastX, lastY] = [0, 0];
  const numbers = [];
  for (const [x, y] of ring.slice(0, -1)) {
    const [qx, qy] = [Math.round(x * SCALE), Math.round(y * SCALE)];
    if (numbers.length > 0 && qx === lastX && qy === lastY) continue;
    numbers.push(qx - lastX, qy - lastY);
    [lastX, lastY] = [qx, qy];
  }
  return numbers;
}

function areasIn(topology, tolerance, smallest, described) {
  const arcs = arcsOf(topology, tolerance);
  const [{ geometries }] = Object.values(topology.objects);
  return geometries
    .map((geometry) => {
      const rings = polygonsOf(geometry).map(([outer]) => ringOf(arcs, outer));
      const sizes = rings.map((ring) => Math.abs(area(ring)));
      const largest = Math.max(...sizes);
      const kept = rings.filter((_, place) => sizes[place] === largest || sizes[place] >= smallest);
      return { ...described(geometry.properties), rings: kept.map(packed).filter(({ length }) => length >= 6) };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The centroid of the largest part; where that lies outside, the middle of the widest stretch on its parallel. */
function centreOf(rings) {
  const ring = rings.reduce((best, each) => (Math.abs(area(each)) > Math.abs(area(best)) ? each : best));
  const size = area(ring) * 6;
  let [x, y] = [0, 0];
  for (const [place, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(place + 1) % ring.length];
    const cross = ax * by - bx * ay;
    x += ((ax + bx) * cross) / size;
    y += ((ay + by) * cross) / size;
  }
  const crossings = ring
    .flatMap(([ax, ay], place) => {
      const [bx, by] = ring[(place + 1) % ring.length];
      return ay > y === by > y ? [] : [ax + ((y - ay) / (by - ay)) * (bx - ax)];
    })
    .sort((a, b) => a - b);
  const stretches = crossings.flatMap((from, place) => (place % 2 === 0 ? [[from, crossings[place + 1]]] : []));
  if (stretches.some(([from, to]) => x > from && x < to)) return [x, y];
  const [from, to] = stretches.reduce((best, each) => (each[1] - each[0] > best[1] - best[0] ? each : best));
  return [(from + to) / 2, y];
}

const short = (name) => name.split('/')[0];
const regions = areasIn(read('limits_IT_regions.topo.json'), 0.008, 0.0015, (facts) => ({
  code: facts.reg_istat_code,
  name: short(facts.reg_name),
}));
const provinces = areasIn(read('limits_IT_provinces.topo.json'), 0.003, 0.0008, (facts) => ({
  code: facts.prov_istat_code,
  name: short(facts.prov_name),
  region: facts.reg_istat_code,
}));
const centres = readdirSync(folder)
  .filter((name) => /^limits_P_\d+_municipalities/.test(name))
  .flatMap((name) => {
    const topology = read(name);
    const arcs = arcsOf(topology, 0);
    return Object.values(topology.objects)[0].geometries.flatMap((geometry) => {
      if (geometry.arcs === undefined) {
        process.stderr.write(`No outline of ${geometry.properties.name}.\n`);
        return [];
      }
      const rings = polygonsOf(geometry).map(([outer]) => ringOf(arcs, outer));
      const [x, y] = centreOf(rings);
      return [[geometry.properties.com_istat_code, Math.round(x * SCALE), Math.round(y * SCALE)]];
    });
  })
  .sort(([a], [b]) => (a < b ? -1 : 1));

const lines = (values) => `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`;
const target = join(dirname(dirname(fileURLToPath(import.meta.url))), 'libs/web/map/outlines/it.json');
writeFileSync(
  target,
  `{"regions":${lines(regions)},\n"provinces":${lines(provinces)},\n"municipalities":${lines(centres)}}\n`,
);
process.stdout.write(`${regions.length} regions, ${provinces.length} provinces, ${centres.length} municipalities\n`);
