import { json, text, type Json } from '../aws/input.ts';
import { bad, refuseOthers, unsupported } from './document.ts';
import type { Pairs } from './request.ts';
import type { MockIntegration, RestApi } from './rest-api.ts';

/** What a REST API answers without asking anybody: preflights, and headers of its own refusals. */

/** @throws AwsError for anything but one answer with fixed headers */
export function readMock(integration: Json): MockIntegration {
  refuseOthers(integration, ['type', 'requestTemplates', 'responses']);
  const templates = json(integration, 'requestTemplates');
  const responses = json(integration, 'responses');
  refuseOthers(templates, ['application/json']);
  refuseOthers(responses, ['default']);
  const answer = json(responses, 'default');
  refuseOthers(answer, ['statusCode', 'responseParameters']);
  const status = text(answer, 'statusCode');
  if (text(templates, 'application/json') !== `{"statusCode":${status}}`)
    throw bad('only a mock whose request template names its one status is supported');
  return {
    status: Number(status),
    headers: readHeaders(json(answer, 'responseParameters'), 'method.response.header.'),
  };
}

/** @throws AwsError for anything but fixed headers of all refusals */
export function readGatewayResponses(responses: Json): RestApi['refusalHeaders'] {
  refuseOthers(responses, ['DEFAULT_4XX', 'DEFAULT_5XX']);
  const read = (type: string): Pairs => {
    if (responses[type] === undefined) return [];
    const response = json(responses, type);
    refuseOthers(response, ['responseParameters']);
    return readHeaders(json(response, 'responseParameters'), 'gatewayresponse.header.');
  };
  return { 4: read('DEFAULT_4XX'), 5: read('DEFAULT_5XX') };
}

const readHeaders = (parameters: Json, prefix: string): Pairs =>
  Object.keys(parameters).map((target) => {
    const [, value] = /^'(.*)'$/.exec(text(parameters, target)) ?? [];
    if (!target.startsWith(prefix) || value === undefined) unsupported(`the source or place of ${target}`);
    return [target.slice(prefix.length), value];
  });
