/**
 * Italy as a grid: one tile for each Province of the programme and for each other unit (metropolitan cities, autonomous and suppressed
 * Provinces), near its place, by its abbreviation. The Provinces are those of the programme's vintage, before the Sardinian reform.
 */
const GRID = `
.  .  .  .  .  SO .  BZ .  .  .  .  .
.  VB .  CO LC BG .  TN BL PN UD .  .
AO BI VA MI MB BS VR VI TV VE GO .  .
TO VC NO PV LO CR MN PD .  .  TS .  .
CN AT AL PC PR RE MO RO .  .  .  .  .
IM SV GE SP MS PT BO FE .  .  .  .  .
.  .  .  .  LU PO FC RA .  .  .  .  .
.  .  .  .  PI FI AR RN .  .  .  .  .
.  .  .  .  LI SI PG PU AN .  .  .  .
.  .  .  .  .  GR TR MC FM .  .  .  .
.  .  .  .  .  .  VT RI AP .  .  .  .
.  .  .  .  .  .  RM AQ TE PE .  .  .
.  .  .  .  .  .  LT FR IS CH .  .  .
.  .  SS .  .  .  .  CE BN CB FG BT .
.  .  OR NU .  .  .  NA AV PZ MT BA BR
.  .  SU CA .  .  .  .  SA CS .  TA LE
.  .  .  .  .  .  .  .  .  CZ KR .  .
.  .  .  .  .  .  .  .  .  VV .  .  .
.  .  .  .  .  TP PA ME .  RC .  .  .
.  .  .  .  .  AG CL EN CT .  .  .  .
.  .  .  .  .  .  .  RG SR .  .  .  .
`;

export interface Tile {
	abbreviation: string;
	/** From north, from west; the first is 0. */
	row: number;
	column: number;
}

export const TILES: readonly Tile[] = GRID.trim()
	.split('\n')
	.flatMap((line, row) => line.trim().split(/\s+/).map((abbreviation, column) => ({ abbreviation, row, column })))
	.filter(({ abbreviation }) => abbreviation !== '.');

export const ROWS = Math.max(...TILES.map(({ row }) => row)) + 1;
export const COLUMNS = Math.max(...TILES.map(({ column }) => column)) + 1;

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as const;

/** The nearest of these tiles in the direction of an arrow key; undefined for another key, or where there is none. */
export function tileTowards(from: Tile, key: string, among: readonly Tile[]): Tile | undefined {
	if (!(key in WAYS)) return undefined;
	const [down, right] = WAYS[key as keyof typeof WAYS];
	const distance = ({ row, column }: Tile) => {
		const ahead = (row - from.row) * down + (column - from.column) * right;
		const aside = Math.abs((row - from.row) * right) + Math.abs((column - from.column) * down);
		return ahead > 0 ? ahead + aside * 3 : Number.POSITIVE_INFINITY;
	};
	const [nearest] = among.filter((tile) => Number.isFinite(distance(tile))).sort((a, b) => distance(a) - distance(b));
	return nearest;
}
