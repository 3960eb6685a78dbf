import { createRequire } from 'node:module';

/** MSAL, by `require`: a few files, where `import` finds more than a hundred modules, which take three times as long to load. */
export const msal = createRequire(import.meta.url)('@azure/msal-node') as typeof import('@azure/msal-node');
