/**
 * The first needs a cloud in which nobody has signed in; those that change what holds come later, and after them those
 * for which decisions are remembered. The last brings many tenants, with which every change would take longer.
 */
import './one-cloud/workforce.ts';
import './one-cloud/requests.ts';
import './one-cloud/guardrails.ts';
import './one-cloud/clients.ts';
import './one-cloud/policy-table.ts';
import './one-cloud/changes.ts';
import './one-cloud/caches.ts';
import './one-cloud/gateways.ts';
import './one-cloud/services.ts';
import './one-cloud/modes.ts';
