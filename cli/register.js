// `node --import cedarwright/register`: teaches Node to read TypeScript, with the loader that this package has anyway.
// Not by importing `tsx` itself: what that adds for CommonJS costs 0.2 s where many packages are loaded.
import { register } from 'tsx/esm/api';

process.setSourceMapsEnabled(true);
register();
