import { createRequire } from 'node:module';

/**
 * Intercom's library, as CommonJS: its ES modules are the same in 850 files that are loaded one by one, which takes
 * more than a second longer. Import values from here, and types from `intercom-client`.
 */
const library: typeof import('intercom-client') = createRequire(import.meta.url)('intercom-client');

export const { IntercomClient, IntercomError } = library;
