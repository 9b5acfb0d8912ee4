import { createRequire } from 'node:module';
import type ts from 'typescript';

/**
 * The compiler's API. Required, since an `import` of it costs 0.57 s of processor time a process against 0.19: before
 * that, Node reads its 9 MB for what it may export.
 */
export const typescript: typeof ts = createRequire(import.meta.url)('typescript');
