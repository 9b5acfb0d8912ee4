import { randomBytes } from 'node:crypto';
import { text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import { readRestApi, type RestRoute } from './rest-api.ts';
import type { Deployed } from './server.ts';

export interface RestApiResourcesArgs {
  readonly region: string;
  readonly account: string;
  /** Where the front listens. */
  readonly url: string;
}

/** The control plane of REST APIs: an API's document, deployments of it, and the stage that serves one. */
export function restApiResources({ region, account, url }: RestApiResourcesArgs): {
  readonly handlers: ResourceHandlers;
  /** What the one stage serves. */
  deployed(): Deployed | undefined;
} {
  const apis = new Map<string, readonly RestRoute[]>();
  const deployments = new Map<string, readonly RestRoute[]>();
  let serving: (Deployed & { readonly id: string }) | undefined;

  const executionArn = (id: string): string => `arn:aws:execute-api:${region}:${account}:${id}`;
  const newId = (): string => randomBytes(5).toString('hex');
  const apiState = (id: string, inputs: object): object => ({
    ...inputs,
    arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
    executionArn: executionArn(id),
  });
  const serve = (id: string, inputs: Json): object => {
    const [apiId, name] = [text(inputs, 'restApi'), text(inputs, 'stageName')];
    const routes = deployments.get(text(inputs, 'deployment'));
    if (!routes) throw new AwsError('NotFoundException', 'Invalid deployment identifier specified');
    const arn = `${executionArn(apiId)}/${name}`;
    serving = { id, stage: { apiId, name, arn, account }, routes };
    return { ...inputs, id, executionArn: arn, invokeUrl: url };
  };

  return {
    deployed: () => serving,
    handlers: {
      'aws:apigateway/restApi:RestApi': {
        inputs: ['name', 'body', 'endpointConfiguration'],
        replaceOn: [],
        async create(inputs) {
          if (apis.size > 0)
            throw new AwsError('LimitExceededException', 'the embedded cloud serves one REST API');
          const id = newId();
          apis.set(id, readRestApi(text(inputs, 'body')));
          return { id, state: { ...apiState(id, inputs) } };
        },
        async update(id, inputs) {
          apis.set(id, readRestApi(text(inputs, 'body')));
          return { ...apiState(id, inputs) };
        },
        async delete(id) {
          apis.delete(id);
        },
      },
      'aws:apigateway/deployment:Deployment': {
        inputs: ['restApi', 'triggers'],
        replaceOn: ['restApi', 'triggers'],
        async create(inputs) {
          const routes = apis.get(text(inputs, 'restApi'));
          if (!routes) throw new AwsError('NotFoundException', 'Invalid API identifier specified');
          const id = newId();
          deployments.set(id, routes);
          return { id, state: { ...inputs } };
        },
        async update() {
          throw new AwsError('BadRequestException', 'a deployment cannot be changed');
        },
        async delete(id) {
          deployments.delete(id);
        },
      },
      'aws:apigateway/stage:Stage': {
        inputs: ['restApi', 'deployment', 'stageName'],
        replaceOn: ['restApi', 'stageName'],
        async create(inputs) {
          const id = `${text(inputs, 'restApi')}-${text(inputs, 'stageName')}`;
          return { id, state: { ...serve(id, inputs) } };
        },
        async update(id, inputs) {
          return { ...serve(id, inputs) };
        },
        async delete(id) {
          // A stage that was replaced goes after its successor has begun to serve.
          if (serving?.id === id) serving = undefined;
        },
      },
    },
  };
}
