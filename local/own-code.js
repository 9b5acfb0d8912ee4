// How Node runs this package's own code, which is TypeScript and ES modules throughout.
import { register } from 'node:module';
import { setFlagsFromString } from 'node:v8';

process.setSourceMapsEnabled(true);
register('./read-typescript.js', import.meta.url);

// Most of what runs here, a start or a command, ends before optimised code has paid for its making: `npm start` serves
// after 4.4 s of the processor's time instead of 5.8 with 8 and 17 times V8's own budgets (132,000 and 1,800,000).
// Later versions of V8 than Node 20's do not know the first flag.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--interrupt-budget=1000000');
  setFlagsFromString('--wasm-tiering-budget=30000000');
}
