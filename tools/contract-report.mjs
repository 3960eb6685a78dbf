import { runTool } from './commands.mjs';
import { setUp } from './set-up.mjs';

// Writes the report of the contract's surface anew: its diff is what a reviewer accepts.
setUp();
process.exitCode = runTool('api-extractor', ['run', '--local', '-c', 'packages/host-contracts/api-extractor.json']);
