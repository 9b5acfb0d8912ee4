#!/usr/bin/env node
import '../local/esm-typescript.js';

await import('./main.ts');
