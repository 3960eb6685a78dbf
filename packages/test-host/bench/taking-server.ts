import { once } from 'node:events';
import { TakingProvider } from '../test/taking-provider.js';

// A submission server in a process of its own: says its port and authority in one line of JSON, and ends with its input.
await using provider = await TakingProvider.start();
process.stdout.write(`${JSON.stringify({ port: provider.port, ca: provider.certificates.ca })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
