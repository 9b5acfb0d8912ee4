import { randomBytes } from 'node:crypto';
import { text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import { flushIn, type FlushStage } from './flush.ts';
import { readRestApi, type RestApi } from './rest-api.ts';
import type { Deployed } from './server.ts';

export interface RestApiResourcesArgs {
  readonly region: string;
  readonly account: string;
  /** Where the first API is served. */
  readonly url: string;
  /** Serves another one: that of a second stack. */
  readonly openFront: (deployed: () => Deployed | undefined) => Promise<Front>;
}

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/** The control plane of REST APIs: an API's document, deployments of it, and the stage that serves one. */
export function restApiResources({ region, account, url, openFront }: RestApiResourcesArgs): {
  readonly handlers: ResourceHandlers;
  /** What the stage of the first API serves. */
  deployed(): Deployed | undefined;
  flush: FlushStage;
  close(): Promise<void>;
} {
  const apis = new Map<string, RestApi>();
  const deployments = new Map<string, RestApi>();
  /** By API: each has one stage. */
  const serving = new Map<string, Deployed & { readonly id: string }>();
  const fronts = new Map<string, Front>();
  let first: string | undefined;

  const executionArn = (id: string): string => `arn:aws:execute-api:${region}:${account}:${id}`;
  const newId = (): string => randomBytes(5).toString('hex');
  const apiState = (id: string, inputs: object): object => ({
    ...inputs,
    arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
    executionArn: executionArn(id),
  });
  const frontOf = async (apiId: string): Promise<string> => {
    if (apiId === first) return url;
    const front = fronts.get(apiId) ?? (await openFront(() => serving.get(apiId)));
    fronts.set(apiId, front);
    return front.url;
  };
  const serve = async (id: string, inputs: Json): Promise<object> => {
    const [apiId, name] = [text(inputs, 'restApi'), text(inputs, 'stageName')];
    const api = deployments.get(text(inputs, 'deployment'));
    if (!api) throw new AwsError('NotFoundException', 'Invalid deployment identifier specified');
    const arn = `${executionArn(apiId)}/${name}`;
    const { flushes = 0 } = serving.get(apiId)?.stage ?? {};
    serving.set(apiId, { id, stage: { apiId, name, arn, account, flushes }, ...api });
    return { ...inputs, id, executionArn: arn, invokeUrl: await frontOf(apiId) };
  };

  return {
    deployed: () => (first === undefined ? undefined : serving.get(first)),
    flush: (apiId, name) => flushIn(serving, apiId, name),
    async close() {
      await Promise.all([...fronts.values()].map((front) => front.close()));
    },
    handlers: {
      'aws:apigateway/restApi:RestApi': {
        inputs: ['name', 'body', 'endpointConfiguration'],
        replaceOn: [],
        async create(inputs) {
          const id = newId();
          apis.set(id, readRestApi(text(inputs, 'body')));
          first ??= id;
          return { id, state: { ...apiState(id, inputs) } };
        },
        async update(id, inputs) {
          apis.set(id, readRestApi(text(inputs, 'body')));
          return { ...apiState(id, inputs) };
        },
        read: async (id, inputs, state) => recorded(apis.has(id), inputs, state),
        async delete(id) {
          apis.delete(id);
          if (first === id) first = undefined;
          await fronts.get(id)?.close();
          fronts.delete(id);
        },
      },
      'aws:apigateway/deployment:Deployment': {
        inputs: ['restApi', 'triggers'],
        replaceOn: ['restApi', 'triggers'],
        async create(inputs) {
          const api = apis.get(text(inputs, 'restApi'));
          if (!api) throw new AwsError('NotFoundException', 'Invalid API identifier specified');
          const id = newId();
          deployments.set(id, api);
          return { id, state: { ...inputs } };
        },
        async update() {
          throw new AwsError('BadRequestException', 'a deployment cannot be changed');
        },
        read: async (id, inputs, state) => recorded(deployments.has(id), inputs, state),
        async delete(id) {
          deployments.delete(id);
        },
      },
      'aws:apigateway/stage:Stage': {
        inputs: ['restApi', 'deployment', 'stageName'],
        replaceOn: ['restApi', 'stageName'],
        async create(inputs) {
          const id = `${text(inputs, 'restApi')}-${text(inputs, 'stageName')}`;
          return { id, state: { ...(await serve(id, inputs)) } };
        },
        async update(id, inputs) {
          return { ...(await serve(id, inputs)) };
        },
        read: async (id, inputs, state) =>
          recorded(serving.get(text(state, 'restApi'))?.id === id, inputs, state),
        async delete(id, state) {
          const apiId = text(state, 'restApi');
          // A stage that was replaced goes after its successor has begun to serve.
          if (serving.get(apiId)?.id === id) serving.delete(apiId);
        },
      },
    },
  };
}
