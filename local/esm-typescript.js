// Teaches Node to read this package's TypeScript, which is ES modules throughout. What `tsx` adds for CommonJS, which a
// project's own code may be, costs 0.2 s where many packages are loaded.
import { register } from 'tsx/esm/api';

process.setSourceMapsEnabled(true);
register();
