import type { Place } from '../document/place.ts';
import { walk } from '../document/walk.ts';
import { type Api, X_AUTHZ } from './api.ts';

/** Reports every `x-authz` that was never looked at: its author believes that it has an effect. */
export function reportUnread({ report, wasRead, overlay }: Api, roots: readonly Place[]): void {
  walk(roots, (place) => {
    const written = place.entries().find(({ key }) => key === X_AUTHZ);
    if (written && !wasRead(written.value)) report(written.keySite, ...UNREAD);
    return undefined;
  });
  for (const words of overlay?.all ?? []) if (!wasRead(words)) report(words.site, ...UNREAD);
}

const UNREAD = [
  'UNREAD_EXTENSION',
  'x-authz has no effect here',
  'write it at the top, on a path or operation, on a component schema (with entity: true), or on a property that is an attribute',
] as const;
