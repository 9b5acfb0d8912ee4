import type { HttpRoute } from '../../endpoint.ts';
import { poolAt } from '../operations/domains.ts';
import type { State } from '../state.ts';
import { page } from './answers.ts';
import { authorize } from './authorize.ts';
import { createGrants } from './grants.ts';
import { idpResponse } from './idp-response.ts';
import { logout } from './logout.ts';
import { ProviderFailed } from './provider.ts';
import { revoke } from './revoke.ts';
import { asOAuth, token } from './token.ts';
import { userInfo } from './user-info.ts';

/**
 * What `https://<domain>.auth.<region>.amazoncognito.com` serves, below `/<domain>`: one host, because not every
 * client resolves names below `localhost`.
 */
export function pagesRoute(state: State): HttpRoute {
  const grants = createGrants(state.now);
  return async (call) => {
    const [, domain = '', name] = /^\/([a-z0-9-]+)\/(logout|oauth2\/[a-zA-Z]+)$/.exec(call.path) ?? [];
    const pool = name === undefined ? undefined : poolAt(state, domain);
    if (!pool) return undefined;
    switch (`${call.method} ${name}`) {
      case 'GET oauth2/authorize':
        return authorize(state, grants, pool, call).catch(providerFailed);
      case 'GET oauth2/idpresponse':
        return idpResponse(state, grants, call);
      case 'POST oauth2/token':
        return token(state, grants, pool, call).catch(asOAuth);
      case 'POST oauth2/revoke':
        return revoke(state, pool, call).catch(asOAuth);
      case 'GET oauth2/userInfo':
      case 'POST oauth2/userInfo':
        return userInfo(state, pool, call);
      case 'GET logout':
        return logout(pool, call);
      default:
        return page(404, 'There is no such page');
    }
  };
}

function providerFailed(error: unknown) {
  if (error instanceof ProviderFailed)
    return page(502, `The identity provider cannot be used: ${error.message}`);
  throw error;
}
