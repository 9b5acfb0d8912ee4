#!/usr/bin/env node
import './register.js';

await import('./main.ts');
