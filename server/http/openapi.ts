import { z } from 'zod';
import { Problem } from '../contract/problem.ts';
import { API_PREFIX } from './api.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the declared routes. `x-access` says who may call. */
export function openApiDocument(routes: Route[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = API_PREFIX + route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route);
  }
  const schemas: Record<string, Json> = { Problem: jsonSchema(Problem, 'output') };
  hoistDefinitions(paths, schemas);
  return {
    openapi: '3.1.0',
    info: { title: 'Pi.Co. API', version: '1', description: 'La piattaforma di collaborazione delle Province italiane. Errors are RFC 9457 problems.', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    servers: [{ url: publicUrl }],
    tags: [...new Set(routes.map((route) => route.feature))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'pico_session' } },
    },
  };
}

function operation(route: Route): Json {
  const response = typeof route.response === 'string'
    ? { [route.response]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: jsonSchema(route.response, 'output') } };
  const problem = { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    operationId: `${route.method}${route.path.replace(/[:/-](\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    summary: route.summary,
    tags: [route.feature],
    'x-access': route.access.name,
    ...(route.access.name === 'anyone' ? {} : { security: [{ session: [] }] }),
    parameters: [...parameters(route.params, 'path', route.path), ...parameters(route.query, 'query', route.path)],
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } } : {}),
    ...(route.accepts ? { requestBody: { required: true, content: { [route.accepts]: { schema: { type: 'string', format: 'binary' } } } } } : {}),
    responses: { [route.status]: { description: 'OK', content: response }, default: problem },
  };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query', path: string): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties)
    .filter(([name]) => place === 'query' || path.includes(`:${name}`))
    .map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}

/** Schemas that refer to themselves (those with an id of their own) become components: in a document a reference counts from its root. */
function hoistDefinitions(value: unknown, schemas: Record<string, Json>): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Json;
  const { $ref, $defs } = record;
  if (typeof $ref === 'string') record['$ref'] = $ref.replace(/^#\/\$defs\//, '#/components/schemas/');
  if (typeof $defs === 'object' && $defs !== null) {
    delete record['$defs'];
    for (const [name, schema] of Object.entries($defs as Record<string, Json>)) {
      hoistDefinitions(schema, schemas);
      const known = schemas[name];
      if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`Two schemas are called "${name}": give them an id with .meta()`);
      schemas[name] = schema;
    }
  }
  for (const inner of Object.values(record)) hoistDefinitions(inner, schemas);
}
