import { optionalNumber, textList, type Json } from '../../aws/input.ts';
import { refuseOthers } from '../document.ts';
import { headerValues, type GatewayRequest, type Pairs } from '../request.ts';

/** An HTTP API's `corsConfiguration` (API Gateway Developer Guide, "Configure CORS for HTTP APIs"). */
export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly maxAge: number | undefined;
}

/** @throws AwsError for what is not emulated: credentials, exposed headers */
export function readCors(configuration: Json): Cors {
  refuseOthers(configuration, ['allowOrigins', 'allowMethods', 'allowHeaders', 'maxAge']);
  return {
    allowOrigins: textList(configuration, 'allowOrigins'),
    allowMethods: textList(configuration, 'allowMethods'),
    allowHeaders: textList(configuration, 'allowHeaders'),
    maxAge: optionalNumber(configuration, 'maxAge'),
  };
}

/** What a backend says of these is dropped where the API has a configuration of its own. */
export const CORS_HEADERS = [
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
];

export const isPreflight = (request: GatewayRequest): boolean =>
  request.method === 'OPTIONS' &&
  headerValues(request, 'origin').length > 0 &&
  headerValues(request, 'access-control-request-method').length > 0;

/** Nothing for an origin that is not among the allowed: the browser then keeps the answer from the page. */
export function corsHeaders(cors: Cors | undefined, request: GatewayRequest): Pairs {
  const [origin, ...others] = headerValues(request, 'origin');
  if (!cors || origin === undefined || others.length > 0 || !cors.allowOrigins.includes(origin)) return [];
  const allowed: Pairs = [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
  ];
  if (!isPreflight(request)) return allowed;
  return [
    ...allowed,
    ['access-control-allow-methods', cors.allowMethods.join(',')],
    ['access-control-allow-headers', cors.allowHeaders.join(',')],
    ...(cors.maxAge === undefined ? [] : [['access-control-max-age', String(cors.maxAge)] as const]),
  ];
}
