/**
 * One cloud for all of these, since a start costs more than most of them: those that only ask come before those that
 * change what holds.
 */
import './one-cloud/requests.ts';
import './one-cloud/guardrails.ts';
import './one-cloud/clients.ts';
import './one-cloud/changes.ts';
