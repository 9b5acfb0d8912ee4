/** What reuses decisions first; those that take access away come last. */
import './all-gateways/caches.ts';
import './all-gateways/gateways.ts';
import './all-gateways/services.ts';
