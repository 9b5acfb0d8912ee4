import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { Deployment, RestApi, Stage } from '@pulumi/aws/apigateway/index.js';
import { Permission } from '@pulumi/aws/lambda/index.js';
import type { Model } from '../cedar/model.ts';
import type { Authorizer } from './authorizer.ts';
import type { Settings } from './config-keys.ts';
import { corsRules } from './cors.ts';
import { physicalName } from './names.ts';
import { restBody } from './openapi-body.ts';

/** What the gateways of one stack have in common. */
export interface GatewayArgs {
  readonly settings: Settings;
  readonly gatewaySecret: pulumi.Input<string>;
  readonly model: Model;
  readonly cacheable: ReadonlySet<string>;
  readonly authorizer: Authorizer;
}

/** A REST API made of the generated document, its one stage, and the right to call the authorizer. */
export class RestGateway extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  readonly stageName: pulumi.Output<string>;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:RestGateway', name, {}, opts);
    const { settings, model, cacheable } = args;
    const { function: authorizer } = args.authorizer.handler;
    const body = pulumi
      .all([authorizer.invokeArn, args.gatewaySecret])
      .apply(([authorizerUri, gatewaySecret]) =>
        JSON.stringify(
          restBody({
            title: physicalName('api'),
            model,
            cacheable,
            gatewayTtlSeconds: settings.gatewayTtlSeconds,
            authorizerUri,
            backendUrl: settings.backendUrl,
            gatewaySecret,
            cors: corsRules(settings, model),
          }),
        ),
      );
    const api = new RestApi(
      name,
      { name: physicalName('api'), body, endpointConfiguration: { types: 'REGIONAL' } },
      { parent: this },
    );
    const permission = new Permission(
      `${name}-authorizes`,
      {
        action: 'lambda:InvokeFunction',
        function: authorizer.name,
        principal: 'apigateway.amazonaws.com',
        sourceArn: pulumi.interpolate`${api.executionArn}/authorizers/*`,
      },
      { parent: this },
    );
    const deployment = new Deployment(
      `${name}-deployment`,
      { restApi: api.id, triggers: { body: body.apply(sha256) } },
      { parent: this, dependsOn: [permission] },
    );
    const stage = new Stage(
      `${name}-stage`,
      { restApi: api.id, deployment: deployment.id, stageName: settings.stageName },
      { parent: this },
    );
    this.url = stage.invokeUrl;
    this.apiId = api.id;
    this.stageName = stage.stageName;
    this.registerOutputs();
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
