import { AwsError } from '../aws/service.ts';
import type { HttpRoute } from '../endpoint.ts';
import type { Iam } from '../iam/authorize.ts';
import type { Stage } from './event.ts';

/** Empties the memory of a stage's authorizers. @returns whether there is such a stage */
export type FlushStage = (apiId: string, stageName: string) => boolean;

/** Decisions are remembered under the number of times that the stage was flushed. */
export function flushIn<T extends { readonly stage: Stage }>(
  serving: Map<string, T>,
  apiId: string,
  stageName: string,
): boolean {
  const found = serving.get(apiId);
  if (found?.stage.name !== stageName) return false;
  serving.set(apiId, { ...found, stage: { ...found.stage, flushes: (found.stage.flushes ?? 0) + 1 } });
  return true;
}

interface FlushArgs {
  readonly iam: Iam;
  readonly region: string;
  readonly rest: FlushStage;
  readonly http: FlushStage;
}

/**
 * FlushStageAuthorizersCache of REST APIs and ResetAuthorizersCache of HTTP APIs (API Gateway API Reference, versions 1
 * and 2).
 */
export function flushRoute({ iam, region, rest, http }: FlushArgs): HttpRoute {
  return ({ method, path, caller }) => {
    const [, resource, kind, apiId, encoded] =
      /^(?:\/v2(?=\/apis))?(\/(restapis|apis)\/([^/]+)\/stages\/([^/]+)\/cache\/authorizers)$/.exec(path) ??
      [];
    if (method !== 'DELETE' || apiId === undefined || encoded === undefined) return undefined;
    const stageName = decodeURIComponent(encoded);
    iam.authorize({
      caller,
      action: 'apigateway:DELETE',
      resource: `arn:aws:apigateway:${region}::${decodeURIComponent(resource ?? '')}`,
    });
    const isRest = kind === 'restapis';
    if (!(isRest ? rest : http)(apiId, stageName))
      throw new AwsError('NotFoundException', 'Invalid stage identifier specified', {}, 404);
    return { status: isRest ? 202 : 204, headers: {}, body: '' };
  };
}
