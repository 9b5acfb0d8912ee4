#!/usr/bin/env node
import '../local/typescript/own-code.js';

await import('./main.ts');
