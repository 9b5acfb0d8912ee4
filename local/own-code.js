// How Node runs this package's own code, which is TypeScript and ES modules throughout. What `tsx` adds for CommonJS,
// which a project's own code may be, costs 0.2 s where many packages are loaded.
import { setFlagsFromString } from 'node:v8';
import { register } from 'tsx/esm/api';

process.setSourceMapsEnabled(true);
register();

// Most of what runs here, a start or a command, ends before optimised code has paid for its making: `npm start` serves
// after 4.4 s of the processor's time instead of 5.8 with 8 and 17 times V8's own budgets (132,000 and 1,800,000).
// Later versions of V8 than Node 20's do not know the first flag.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--interrupt-budget=1000000');
  setFlagsFromString('--wasm-tiering-budget=30000000');
}
