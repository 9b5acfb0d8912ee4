/** Imported first: the bundler works in a process of its own while this one evaluates all other imports. */
import { buildBundles } from '../../infra/bundles.ts';

// Whoever needs the bundles waits for the same promise, and is told there if they failed.
buildBundles(process.cwd()).catch(() => undefined);
