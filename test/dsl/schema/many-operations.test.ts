import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { ProblemsError } from '../../../dsl/check/problem.ts';
import { readModel } from '../../../dsl/schema/read-model.ts';

const RESOURCES = 300;

/** 1,200 operations on 300 types, with schemas that refer to each other. */
function largeDocument(): object {
  const numbers = Array.from({ length: RESOURCES }, (_, index) => index);
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const operation = (operationId: string, words: object, parameters: object[] = []) => ({
    operationId,
    summary: `What ${operationId} does.`,
    parameters,
    'x-authz': words,
    responses: { 200: { description: 'fine' } },
  });
  const one = (number: number) => ({ resource: { type: `Thing${number}`, id: { path: 'id' } } });
  return {
    openapi: '3.1.0',
    info: { title: 'Large', version: '1' },
    'x-authz': {
      namespace: 'Large',
      principals: { User: { kinds: ['saasTenant'] } },
      actionGroups: { read: {} },
    },
    paths: Object.fromEntries(
      numbers.flatMap((number) => [
        [
          `/things${number}`,
          {
            get: operation(`list${number}`, { groups: ['read'] }),
            post: operation(`create${number}`, { context: { ip: 'sourceIp' } }),
          },
        ],
        [
          `/things${number}/{id}`,
          {
            get: operation(`get${number}`, { groups: ['read'], ...one(number) }, [id]),
            delete: operation(`delete${number}`, { sensitive: true, ...one(number) }, [id]),
          },
        ],
      ]),
    ),
    components: {
      schemas: Object.fromEntries(
        numbers.map((number) => [
          `Thing${number}`,
          {
            type: 'object',
            'x-authz': { entity: true, attributes: ['name', 'next'] },
            required: ['name'],
            properties: {
              name: { type: 'string' },
              next: { $ref: `#/components/schemas/Thing${(number + 1) % RESOURCES}` },
            },
          },
        ]),
      ),
    },
  };
}

describe('a document with 1,200 operations', () => {
  it('is read in seconds and with little memory, and is told what Verified Permissions takes', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'large-test-'));
    try {
      const api = path.join(folder, 'api.json');
      writeFileSync(api, JSON.stringify(largeDocument(), undefined, 2));
      const [start, before] = [process.cpuUsage(), process.memoryUsage().rss];
      const error: unknown = await readModel(api).catch((thrown: unknown) => thrown);
      const { user, system } = process.cpuUsage(start);
      // 1.2 s and 96 MB on the machine this was written on.
      expect((user + system) / 1e6, 'seconds').to.be.lessThan(5);
      expect((process.memoryUsage().rss - before) / 1e6, 'MB').to.be.lessThan(400);
      expect(error).to.be.instanceOf(ProblemsError);
      const [problem, ...others] = error instanceof ProblemsError ? error.problems : [];
      expect(others).to.deep.equal([]);
      expect(problem?.code).to.equal('SCHEMA_TOO_LARGE');
      expect(problem?.message).to.match(
        /^the schema has \d{6} bytes \(\d{3} for each of 1200 actions\).* takes 100000$/,
      );
      expect(problem?.remedy).to.match(/^split /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
