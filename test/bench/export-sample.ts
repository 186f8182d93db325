import { openSourceFile } from '../../src/adapters/ats/open-source.ts';
import { sayBytes } from '../../src/domain/words.ts';
import { build } from '../support/pipeline.ts';
import { sayMeasured } from './measure.ts';

/** The whole pipeline on a sample, in this process. */
const [sourceFile = '', out = ''] = process.argv.slice(2);
const { ats, source } = await openSourceFile(sourceFile);
const startedAt = performance.now();
const { receipts } = await build(out, source);
const bytes = receipts.reduce((sum, receipt) => sum + receipt.sizeBytes, 0);
console.error(`${receipts.length} parts, ${sayBytes(bytes)}`);
await ats.close();
sayMeasured(startedAt);
