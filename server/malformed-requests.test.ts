import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson } from './accounts/factory.ts';
import { Problem } from './contract/problem.ts';
import { startTestApp, type TestApp, type TestClient } from './testing/app.ts';
import { type MalformedRequest, malformedRequests, type OpenApi } from './testing/malformed.ts';

const COUNT = 10_000;
const LANES = 16;
/** Longer than any honest answer takes on a busy machine. */
const HANG_MS = 20_000;

describe(`${COUNT} malformed requests made from the OpenAPI document`, () => {
  let app: TestApp;
  let clients: Record<MalformedRequest['who'], TestClient>;
  beforeAll(async () => {
    app = await startTestApp();
    clients = { anonymous: app.anonymous(), member: await app.as(await aPerson()), coordinator: await app.as(await aCoordinator()), admin: await app.as(await anAdministrator()) };
  });
  afterAll(() => app.close());

  it('are answered: no 5xx, no hang, every refusal a problem', async () => {
    const document = (await app.anonymous().get<OpenApi>('/api/openapi.json')).body;
    const requests = malformedRequests(document, COUNT, 20261124);
    expect(requests).toHaveLength(COUNT);
    const defects: string[] = [];
    const statuses = new Map<number, number>();
    const lane = async () => {
      for (let request = requests.pop(); request && defects.length < 20; request = requests.pop()) {
        const defect = await send(request, statuses);
        if (defect) defects.push(`${request.who} ${request.method} ${request.path.slice(0, 200)} ${request.contentType ?? ''} ${(request.body ?? '').slice(0, 200)}: ${defect}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(defects).toEqual([]);
    // The generator does reach behind the door: all of these kinds of answers occurred
    for (const status of [200, 400, 401, 403, 404, 405, 413, 415, 422]) expect([...statuses.keys()]).toContain(status);
  }, 240_000);

  async function send(request: MalformedRequest, statuses: Map<number, number>): Promise<string | undefined> {
    try {
      const response = await clients[request.who].raw(request.method, request.path, {
        ...(request.body === undefined ? {} : { body: request.body }), headers: request.contentType === undefined ? {} : { 'content-type': request.contentType }, timeoutMs: HANG_MS,
      });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const text = await response.text();
      if (response.status >= 500) return `status ${response.status} ${text}`;
      if (response.status < 400) return undefined;
      if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return `a ${response.status} that is ${response.headers.get('content-type')}`;
      return Problem.safeParse(JSON.parse(text)).success ? undefined : `not a problem: ${text}`;
    } catch (error) {
      return String(error instanceof Error ? (error.cause ?? error) : error);
    }
  }
});
