'use strict';
// CommonJS, because mocha loads reporters with require().
const { reporters } = require('mocha');
const Totals = require('../reporter.cjs');

/** Tells why tests were skipped, once for all of them: the processes that run the files know only their own. */
module.exports = class extends Totals {
  epilogue() {
    super.epilogue();
    const { pending } = this.stats;
    if (pending > 0)
      reporters.Base.consoleLog(
        `${pending} tests under the Pulumi engine skipped: no CLI — npm run pulumi:build`,
      );
  }
};
