/** Arguments that teach a Node process of ours to read TypeScript. */
export const TYPESCRIPT: readonly string[] = [
  '--import',
  new URL('../cli/register.js', import.meta.url).href,
];
