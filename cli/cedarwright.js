#!/usr/bin/env node
// The one JavaScript file: it teaches Node to read the others.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
