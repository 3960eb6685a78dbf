import { compareReport, missingInChangelog } from './contract-report.mjs';
import { setUp } from './set-up.mjs';

// Writes the report of the contract's surface anew: its diff is what a reviewer accepts.
setUp();
process.exitCode = compareReport({ update: true }) ? 0 : 1;
const missing = missingInChangelog();
if (missing !== undefined) console.log(missing);
