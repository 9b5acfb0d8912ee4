import type { Model } from '../cedar/model.ts';
import type { Problem } from '../dsl/check/problem.ts';
import type { Settings } from './config-keys.ts';
import { type Json, sorted } from './openapi-document.ts';

/** What browsers ask beforehand, for pages of other origins. */
export interface CorsRules {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
}

/** Seconds for which a browser need not ask again: two hours, the most that Chromium takes. */
export const PREFLIGHT_MAX_AGE = 7200;

/** Undefined where no origin is allowed. */
export function corsRules(
  { corsOrigins }: Pick<Settings, 'corsOrigins'>,
  model: Model,
): CorsRules | undefined {
  if (corsOrigins.length === 0) return undefined;
  const actions = Object.values(model.actions);
  const methods = actions.flatMap(({ route }) => (route ? [route.method] : []));
  const declared = actions.flatMap(({ context }) =>
    Object.values(context).flatMap(({ from }) => (from.source === 'header' ? [from.name.toLowerCase()] : [])),
  );
  return {
    origins: corsOrigins,
    methods: [...new Set([...methods, ...model.publicRoutes.map(({ method }) => method)])].toSorted(),
    headers: [...new Set(['authorization', 'content-type', ...declared])].toSorted(),
  };
}

/** A REST API answers preflights and refusals with fixed headers, of which one origin can be one. */
export function corsProblems({
  gateways,
  corsOrigins,
}: Pick<Settings, 'gateways' | 'corsOrigins'>): Problem[] {
  if (!gateways.includes('rest') || corsOrigins.length < 2) return [];
  return [
    {
      code: 'CONFIG',
      message: 'config key cedarwright:corsOrigins lists several origins, and a REST API can name one only',
      remedy: 'list one origin, or leave rest out of cedarwright:gateways: an HTTP API takes several',
    },
  ];
}

/** The OPTIONS of one path: answered by the gateway itself, so that it reaches neither authorizer nor backend. */
export function preflight({ origins, methods, headers }: CorsRules): Json {
  const answered = {
    'Access-Control-Allow-Origin': origins[0] ?? '',
    'Access-Control-Allow-Methods': methods.join(','),
    'Access-Control-Allow-Headers': headers.join(','),
    'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE),
    Vary: 'Origin',
  };
  const names = Object.entries(answered);
  return {
    responses: {
      '204': {
        description: 'Which origins may ask.',
        headers: sorted(Object.fromEntries(names.map(([name]) => [name, { schema: { type: 'string' } }]))),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: sorted(
            Object.fromEntries(
              names.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
            ),
          ),
        },
      },
    },
  };
}

/** Refusals of the gateway itself, which a page could not read otherwise: it would see a network error for a 403. */
export function gatewayResponses({ origins }: CorsRules): Json {
  const responseParameters = {
    'gatewayresponse.header.Access-Control-Allow-Origin': `'${origins[0]}'`,
    'gatewayresponse.header.Vary': "'Origin'",
  };
  return { DEFAULT_4XX: { responseParameters }, DEFAULT_5XX: { responseParameters } };
}
