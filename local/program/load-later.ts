import { createRequire, Module } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Lets a CommonJS module, named by its file, be loaded when something is asked of it rather than when it is required.
 * Nothing may have required it before.
 */
export function loadLater(file: string): void {
  let module: object | undefined;
  const load = (): object => {
    delete require.cache[file];
    const loaded: object = require(file);
    return loaded;
  };
  const exports = new Proxy(
    {},
    {
      // A compiled `import * as` asks this first, and copies all that is in a module which says no.
      get: (_, key): unknown => key === '__esModule' || Reflect.get((module ??= load()), key),
    },
  );
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports });
}
