import fc from 'fast-check';

/** Requests that an OpenAPI document invites and its routes must refuse with dignity. */

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  format?: string;
  anyOf?: Schema[];
  required?: string[];
}

interface Operation {
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

export interface MalformedRequest {
  method: string;
  path: string;
  body?: string;
  contentType?: string;
  who: 'anonymous' | 'member' | 'coordinator' | 'admin';
}

/** Strings that have broken programs before: encodings, injections, numbers that are none, dates that are none. */
const NASTY = [
  '', ' ', '0', '-1', '1e309', 'NaN', 'null', 'undefined', 'true', '[]', '{}', '%', '%00', '%ff', '%2e%2e%2f', '../../etc/passwd', "' or 1=1 --", '"; drop table people; --', '<script>alert(1)</script>',
  '${7*7}', '{{7*7}}', '__proto__', 'constructor', 'toString', '\u202e', '\ud800', 'a\udfff', 'ａ', '\ud83d\ude00', 'e\u0301'.repeat(30), 'A'.repeat(5000), '00000000-0000-0000-0000-000000000000', '0190c7d0-0000-7000-8000-00000000000g',
  '9999999999999999999999', '2026-02-30', '0000-00-00', '275760-09-13', 'eyJhIjoxfQ', 'W10', 'WyJhIiwiYiJd', 'WzEsMl0', '\u0000', '\\u0000', '\r\nX-Injected: 1', '1,2,3', 'AND OR NOT', "l'ufficio & (", ':*', '🇮🇹'.repeat(200),
];

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 60, unit: 'binary' }), fc.uuid(), fc.integer().map(String));

const anything: fc.Arbitrary<unknown> = fc.oneof(
  nasty, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(nasty, { maxLength: 3 }), fc.dictionary(fc.string({ maxLength: 8 }), nasty, { maxKeys: 3 }),
);

/** A value that mostly fits the schema, so that the wrong part is reached. */
function fitting(schema: Schema | undefined): fc.Arbitrary<unknown> {
  if (!schema) return anything;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return schema.format === 'uuid' ? fc.uuid() : schema.format === 'email' ? fc.emailAddress() : schema.format === 'date' ? fc.constant('2026-11-24') : fc.oneof(fc.lorem({ maxCount: 4 }), nasty);
    case 'integer':
    case 'number':
      return fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(schema.items), { maxLength: 3 });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, property]) => [key, spoilt(property)])), { requiredKeys: [] });
    default:
      return anything;
  }
}

const spoilt = (schema: Schema): fc.Arbitrary<unknown> => fc.oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });

function bodyOf(operation: Operation): fc.Arbitrary<Pick<MalformedRequest, 'body' | 'contentType'>> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const json = 'application/json';
  const text = (value: unknown) => JSON.stringify(value) ?? 'null';
  return fc.oneof(
    { weight: 6, arbitrary: fitting(schema).map((value) => ({ body: text(value), contentType: json })) },
    { weight: 1, arbitrary: anything.map((value) => ({ body: text(value), contentType: json })) },
    { weight: 1, arbitrary: fc.constantFrom('{', '', '[1,', '{"a":}', '\u0000', '{"__proto__":{"admin":true}}', `${'['.repeat(5000)}`, `{"a":"${'x'.repeat(300_000)}"}`).map((body) => ({ body, contentType: json })) },
    { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', '').map((contentType) => ({ body: 'a=b', contentType })) },
  );
}

function requestOf(path: string, method: string, operation: Operation): fc.Arbitrary<MalformedRequest> {
  const parameters = operation.parameters ?? [];
  const values = fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.in === 'path' ? nasty : spoilt(parameter.schema)])), { requiredKeys: parameters.filter((p) => p.in === 'path').map((p) => p.name) });
  const who = fc.constantFrom('anonymous' as const, 'member' as const, 'member' as const, 'coordinator' as const, 'admin' as const, 'admin' as const);
  const withBody = operation.requestBody ? bodyOf(operation) : fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: bodyOf(operation) });
  const verb = fc.oneof({ weight: 12, arbitrary: fc.constant(method) }, { weight: 1, arbitrary: fc.constantFrom('get', 'post', 'put', 'patch', 'delete') });
  return fc.tuple(values, who, withBody, verb).map(([given, actor, sent, chosen]) => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeLoosely(written(given[name])));
    const query = parameters.filter((p) => p.in === 'query' && p.name in given).map((p) => `${p.name}=${encodeLoosely(written(given[p.name]))}`).join('&');
    return { method: chosen.toUpperCase(), path: query ? `${filled}?${query}` : filled, who: actor, ...(chosen === 'get' ? {} : sent) };
  });
}

/** A value as a query has it: objects as JSON, since some of these have no other form. */
const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'));

/** Percent-encodes what HTTP could not carry at all and leaves the rest as nasty as it is. */
function encodeLoosely(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value).replace(/%25([0-9a-f]{2})/gi, '%$1') : 'x';
}

/** The same requests each time for the same seed. */
export function malformedRequests(document: OpenApi, count: number, seed: number): MalformedRequest[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => requestOf(path, method, operation)));
  return fc.sample(fc.oneof(...operations), { numRuns: count, seed });
}
