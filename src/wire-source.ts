import {
  type OpenedSource,
  openSourceFile as open,
  type SourceServices,
} from './adapters/ats/open-source.ts';
import { secretFromEnvironment } from './config.ts';
import type { Log } from './ports/log.ts';

/** What a source file may need: secrets of the environment, and Azure, whose library is loaded only then. */
export function sourceServices(log?: Log): SourceServices {
  return {
    secretOf: secretFromEnvironment,
    notice: (text) => log?.warn({}, text),
    async openAzure(files) {
      const { createAzureFileRoot } = await import('./adapters/azure/file-root.ts');
      return createAzureFileRoot(files);
    },
  };
}

/** The ATS behind a source file. */
export function openSourceFile(file: string, log?: Log): Promise<OpenedSource> {
  return open(file, sourceServices(log));
}
