import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `npm run pulumi:build` leaves the CLI: a folder that git ignores. */
export const BUILT_CLI = path.join(fileURLToPath(new URL('../..', import.meta.url)), '.build/pulumi/pulumi');
