import { geoConicConformal, type GeoContext, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { z } from 'zod';

/** Size of the drawing. It is shown no larger, so that whole units are enough, and what falls on the same one is left out. */
const WIDTH = 600;
const HEIGHT = 720;

export interface Drawing {
  width: number;
  height: number;
  shapes: { istatCode: string; path: string }[];
}

/** A file of boundaries that cannot be used, with every reason. */
export class BoundariesError extends Error {
  override name = 'BoundariesError';
}

const position = z.array(z.number()).min(2);
const code = z.union([z.string(), z.number()]).transform((id) => String(id).padStart(3, '0')).pipe(z.string().regex(/^\d{3}$/));
const Geometry = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  type: z.enum(['Polygon', 'MultiPolygon']),
  arcs: z.array(z.array(z.union([z.int(), z.array(z.int())]))),
});
const TopologyFile = z.object({
  type: z.literal('Topology'),
  arcs: z.array(z.array(position)),
  transform: z.object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) }).optional(),
  objects: z.record(z.string(), z.object({ type: z.literal('GeometryCollection'), geometries: z.array(Geometry).min(1) })),
});

/**
 * Draws a TopoJSON file (longitude and latitude, one object, each geometry with ISTAT's code as its `id` or property `istat_code`) as SVG
 * paths, in the conformal conic projection that Italy's maps use.
 * @throws BoundariesError
 */
export function drawBoundaries(text: string): Drawing {
  const { topology, units } = parse(text);
  const collection = feature(topology, units);
  const projection = geoConicConformal().parallels([38, 46]).rotate([-12.5, 0]).fitSize([WIDTH, HEIGHT], collection);
  const draw = geoPath(projection);
  const shapes = collection.features.map((unit) => ({ istatCode: String(unit.id), path: writePath((context) => void geoPath(projection, context)(unit)) }));
  const empty = shapes.filter(({ path }) => path === '').map(({ istatCode }) => istatCode);
  if (empty.length > 0) throw new BoundariesError(`nothing can be drawn for ${empty.join(', ')}`);
  const [[, top], [right, bottom]] = draw.bounds(collection);
  if (![top, right, bottom].every(Number.isFinite)) throw new BoundariesError('the coordinates are not longitudes and latitudes');
  return { width: WIDTH, height: HEIGHT, shapes };
}

/** A path of whole, relative units: a fifth of what decimals would weigh. Neighbours stay joined, because each point is rounded alike. */
function writePath(draw: (context: GeoContext) => void): string {
  let path = '';
  let ring: [number, number][] = [];
  const add = (x: number, y: number) => {
    const [rx, ry] = [Math.round(x), Math.round(y)];
    const last = ring.at(-1);
    if (!last || last[0] !== rx || last[1] !== ry) ring.push([rx, ry]);
  };
  draw({
    beginPath: () => undefined,
    arc: () => undefined,
    moveTo: (x, y) => {
      ring = [];
      add(x, y);
    },
    lineTo: add,
    closePath: () => {
      // An island smaller than a unit is not seen
      if (ring.length < 3) return;
      path += ring.map(([x, y], index) => {
        const before = ring[index - 1];
        return before ? `${index === 1 ? 'l' : ' '}${x - before[0]},${y - before[1]}` : `M${x},${y}`;
      }).join('') + 'z';
    },
  });
  return path;
}

function parse(text: string): { topology: Topology; units: GeometryCollection } {
  const parsed = TopologyFile.safeParse(json(text));
  if (!parsed.success) throw new BoundariesError(`this is not the TopoJSON that is expected:\n${z.prettifyError(parsed.error)}`);
  const objects = Object.values(parsed.data.objects);
  if (objects.length !== 1 || !objects[0]) throw new BoundariesError(`one object is expected, there are ${objects.length}`);
  const mistakes: string[] = [];
  const known = new Set<string>();
  const geometries = objects[0].geometries.map((geometry, index) => {
    const id = code.safeParse(geometry.properties?.['istat_code'] ?? geometry.id);
    if (!id.success) mistakes.push(`geometry ${index + 1} has no ISTAT code of three digits`);
    else if (known.has(id.data)) mistakes.push(`${id.data} is there twice`);
    if (id.success) known.add(id.data);
    for (const arc of geometry.arcs.flat(2)) if ((arc < 0 ? ~arc : arc) >= parsed.data.arcs.length) mistakes.push(`geometry ${index + 1} names the arc ${arc}, which does not exist`);
    return { ...geometry, id: id.data ?? '' };
  });
  if (mistakes.length > 0) throw new BoundariesError(mistakes.join('\n'));
  // Checked above: rings of arc numbers for a polygon, one level more for several
  const units = { type: 'GeometryCollection', geometries } as GeometryCollection;
  const { transform, ...rest } = parsed.data;
  return { topology: { ...rest, objects: { units }, ...(transform ? { transform } : {}) } as Topology, units };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BoundariesError('this is not JSON');
  }
}
