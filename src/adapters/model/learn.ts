import { openModel } from './open-model.ts';

/** Run by `npm ci`: learns from the examples, unless that is done. */
const begun = performance.now();
openModel((message) => console.log(message));
console.log(`Ready to understand messages (${((performance.now() - begun) / 1000).toFixed(1)} s).`);
