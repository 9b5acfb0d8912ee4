#!/usr/bin/env node
import '../local/own-code.js';

await import('./main.ts');
