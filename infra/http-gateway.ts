import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { Api, Deployment, Stage } from '@pulumi/aws/apigatewayv2/index.js';
import { Permission } from '@pulumi/aws/lambda/index.js';
import { corsRules, PREFLIGHT_MAX_AGE } from './cors.ts';
import { httpBody } from './http-body.ts';
import { physicalName } from './names.ts';
import type { GatewayArgs } from './rest-gateway.ts';

/** An HTTP API made of the generated document, its one stage, and the right to call the authorizer. */
export class HttpGateway extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  readonly stageName: pulumi.Output<string>;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:HttpGateway', name, {}, opts);
    const { settings, model, cacheable } = args;
    const { function: authorizer } = args.authorizer.handler;
    const body = pulumi
      .all([authorizer.invokeArn, args.gatewaySecret])
      .apply(([authorizerUri, gatewaySecret]) =>
        JSON.stringify(
          httpBody({
            title: physicalName('http-api'),
            model,
            cacheable,
            gatewayTtlSeconds: settings.gatewayTtlSeconds,
            authorizerUri,
            backendUrl: settings.backendUrl,
            gatewaySecret,
          }),
        ),
      );
    const cors = corsRules(settings, model);
    const api = new Api(
      name,
      {
        name: physicalName('http-api'),
        protocolType: 'HTTP',
        body,
        ...(cors && {
          corsConfiguration: {
            allowOrigins: [...cors.origins],
            allowMethods: [...cors.methods],
            allowHeaders: [...cors.headers],
            maxAge: PREFLIGHT_MAX_AGE,
          },
        }),
      },
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
      {
        apiId: api.id,
        triggers: { body: body.apply((text) => sha256(JSON.stringify([text, cors ?? null]))) },
      },
      { parent: this, dependsOn: [permission] },
    );
    const { rate, burst } = settings.routeThrottle;
    const stage = new Stage(
      `${name}-stage`,
      {
        apiId: api.id,
        // Any other name would stand in front of every path.
        name: '$default',
        deploymentId: deployment.id,
        defaultRouteSettings: { throttlingRateLimit: rate, throttlingBurstLimit: burst },
      },
      { parent: this },
    );
    this.url = stage.invokeUrl.apply((url) => url.replace(/\/$/, ''));
    this.apiId = api.id;
    this.stageName = stage.name;
    this.registerOutputs();
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
