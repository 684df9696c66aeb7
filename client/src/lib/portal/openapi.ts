/** As much of an OpenAPI document as its page reads. */
export interface Schema {
	type?: string | string[];
	format?: string;
	enum?: unknown[];
	const?: unknown;
	additionalProperties?: Schema | boolean;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	anyOf?: Schema[];
	oneOf?: Schema[];
	$ref?: string;
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
}

export interface Operation {
	summary: string;
	tags: string[];
	'x-access': string;
	parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Document {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema> };
}

export interface Entry {
	id: string;
	method: string;
	path: string;
	operation: Operation;
}

/** The operations by feature, in the order in which the server declares them; only those that match the filter. */
export function groups(document: Document, filter: string): [string, Entry[]][] {
	const wanted = filter.trim().toLowerCase();
	const found = new Map<string, Entry[]>();
	for (const [path, methods] of Object.entries(document.paths)) {
		for (const [method, operation] of Object.entries(methods)) {
			if (!`${method} ${path} ${operation.summary}`.toLowerCase().includes(wanted)) continue;
			const tag = operation.tags[0] ?? '';
			found.set(tag, [...(found.get(tag) ?? []), { id: `${method}-${path}`.replace(/\W+/g, '-'), method: method.toUpperCase(), path, operation }]);
		}
	}
	return [...found];
}

/** A schema in a few words: «string (uuid)», «integer 1–100», «a | b», «{ [key]: integer }». */
export function describe(schema: Schema): string {
	if (schema.$ref) return refName(schema) ?? '';
	if (schema.enum) return schema.enum.map(String).join(' | ');
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return [...new Set(choices.map(describe))].join(' | ');
	const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? '');
	if (type === 'array' && schema.items) return `${describe(schema.items)}[]`;
	if (type === 'object' && typeof schema.additionalProperties === 'object') return `{ [key]: ${describe(schema.additionalProperties)} }`;
	return `${type}${schema.format ? ` (${schema.format})` : ''}${range(schema)}`;
}

/** The bounds that say something: those of every safe integer are no bounds. */
function range(schema: Schema): string {
	const told = (bound: number | undefined) => (bound !== undefined && Math.abs(bound) < 1e9 ? bound : undefined);
	const [least, most] = [told(schema.minimum ?? schema.minLength), told(schema.maximum ?? schema.maxLength)];
	if (most === undefined) return least ? ` ≥ ${least}` : '';
	return least === undefined ? ` ≤ ${most}` : ` ${least}–${most}`;
}

/** The name of the shared schema that this one, or its items, points to. */
export function refName(schema: Schema): string | undefined {
	if (schema.items) return refName(schema.items);
	return schema.$ref?.split('/').at(-1);
}

/** The properties to list below a schema: its own, its items', or those of its first choice that has any. */
export function inner(schema: Schema): Schema | undefined {
	if (schema.properties) return schema;
	if (schema.items) return inner(schema.items);
	if (typeof schema.additionalProperties === 'object') return inner(schema.additionalProperties);
	return (schema.anyOf ?? schema.oneOf)?.map(inner).find((choice) => choice !== undefined);
}
