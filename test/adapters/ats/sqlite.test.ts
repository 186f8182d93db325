import { describeAts } from '../../contracts/ats.ts';
import { describeSource } from '../../contracts/source.ts';
import { bytesOf, makeSample, removeSample } from '../../support/sample.ts';

async function make(size: { candidates: number; bytesPerFile: number }) {
  const sample = await makeSample(size);
  return {
    ...sample,
    bytesOf: (accountId: string, path: string) => bytesOf(sample, accountId, path),
    remove: () => removeSample(sample),
  };
}

describeAts('SQLite', () => make({ candidates: 40, bytesPerFile: 4_000 }));
describeSource('SQLite', () => make({ candidates: 40, bytesPerFile: 4_000 }));
// Lists longer than a page of the adapter, in all of which a page has to begin where the last one ended.
describeSource('SQLite over several pages', () => make({ candidates: 2_500, bytesPerFile: 0 }));
