'use strict';
// CommonJS, because mocha loads reporters with require().
const { reporters } = require('mocha');

/** The spec reporter, with the totals in one line at the end that tools can read. */
module.exports = class extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
  }
};
