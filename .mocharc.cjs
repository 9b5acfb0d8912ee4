'use strict';

// Most of a test's code ends before optimised code pays for its making: made 15 times later than V8 does by itself, all
// tests take an eighth less of the processor. Later versions of V8 than Node 20's know neither the flag nor the need.
const LATER = process.versions.v8.startsWith('11.') ? ['interrupt-budget=1000000'] : [];

module.exports = {
  'node-option': ['import=./local/esm-typescript.js', ...LATER],
  timeout: 60_000,
  forbidOnly: true,
};
