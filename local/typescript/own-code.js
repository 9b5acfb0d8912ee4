// How Node runs this package's own code, which is TypeScript and ES modules throughout.
import { register } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { stackOf } from './stack.js';

Error.prepareStackTrace = stackOf;
register('./read-module.js', import.meta.url);

// Most of what runs here, a start or a command, ends before optimised code has paid for its making: with 8 and 17 times
// V8's own budgets (132,000 and 1,800,000), `npm start` serves after a quarter less of the processor's time.
// Later versions of V8 than Node 20's do not know the first flag.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--interrupt-budget=1000000');
  setFlagsFromString('--wasm-tiering-budget=30000000');
}
