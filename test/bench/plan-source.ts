import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBlob } from '../../src/domain/plan.ts';
import { openThreadedBuilder } from '../../src/wire-build.ts';
import { openStore } from '../../src/wire-store.ts';
import { createMemorySource } from '../support/memory-source.ts';
import { jobOf } from '../support/pipeline.ts';
import { sayMeasured } from './measure.ts';

/** Plans everything of an account as the bot does, in a thread, and writes down how large the plan is. */
const [sourceFile = '', dataDir = ''] = process.argv.slice(2);
const config = { sourceFile, dataDir, azure: null, links: 'gateway' as const, secret: null };
const { order, exportId, accountName } = jobOf(dataDir, createMemorySource({}));
const builder = openThreadedBuilder(config, 1);
const startedAt = performance.now();
const now = new Date();
const plan = await builder.plan(
  { order, exportId, accountName, now },
  new AbortController().signal,
);
const { store } = await openStore(config);
const bytes = (await store.stat(planBlob(exportId)))?.sizeBytes ?? 0;
writeFileSync(join(dataDir, 'planned.json'), JSON.stringify({ parts: plan.parts.length, bytes }));
await builder.close();
sayMeasured(startedAt);
