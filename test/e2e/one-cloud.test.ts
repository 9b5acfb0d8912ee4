/** The first needs a cloud in which nobody has signed in; those that change what holds come last. */
import './one-cloud/workforce.ts';
import './one-cloud/requests.ts';
import './one-cloud/guardrails.ts';
import './one-cloud/clients.ts';
import './one-cloud/policy-table.ts';
import './one-cloud/changes.ts';
import './one-cloud/modes.ts';
