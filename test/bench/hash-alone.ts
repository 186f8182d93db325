import { createHash } from 'node:crypto';
import { sayMeasured } from './measure.ts';

/** SHA-256 of so many megabytes that lie in memory, on one core: no part with a hash can be made in less. */
const megabytes = Number(process.argv[2]);
const bytes = Buffer.alloc(4_000_000, 7);
const hash = createHash('sha256');
const startedAt = performance.now();
for (let done = 0; done < megabytes; done += 4) hash.update(bytes);
hash.digest('hex');
sayMeasured(startedAt);
