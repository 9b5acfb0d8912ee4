import type { Place } from '../document/place.ts';
import { type Api, X_AUTHZ } from './api.ts';

/** Reports every `x-authz` that was never looked at: its author believes that it has an effect. */
export function reportUnread({ report, wasRead }: Api, roots: readonly Place[]): void {
  const seen = new Set<string>();
  const visit = (place: Place): void => {
    if (seen.has(place.id)) return;
    seen.add(place.id);
    for (const { key, keySite, value } of place.entries()) {
      if (key !== X_AUTHZ) visit(value);
      else if (!wasRead(value)) {
        report(
          keySite,
          'UNREAD_EXTENSION',
          'x-authz has no effect here',
          'write it at the top, on an operation, on a component schema (with entity: true), or on a property that is an attribute',
        );
      }
    }
    place.items().forEach(visit);
  };
  roots.forEach(visit);
}
