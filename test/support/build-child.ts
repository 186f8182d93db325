import { openSourceFile } from '../../src/adapters/ats/open-source.ts';
import { buildExport } from '../../src/flow/build.ts';
import { jobOf } from './pipeline.ts';

/** Builds export `e1` of a sample; a test kills it in the middle. Says each step of progress on stdout. */
const [sourceFile = '', root = '', partSizeBytes = ''] = process.argv.slice(2);
const { source } = await openSourceFile(sourceFile);
await buildExport(
  jobOf(
    root,
    source,
    { partSizeBytes: Number(partSizeBytes) },
    {
      onProgress: ({ parts, files }) => process.stdout.write(`${parts.done} ${files.done}\n`),
    },
  ),
);
