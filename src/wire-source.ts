import { join } from 'node:path';
import { openSqlAccess } from './adapters/ats/access.ts';
import {
  type OpenedSource,
  openSourceFile as open,
  type SourceServices,
} from './adapters/ats/open-source.ts';
import { type Config, secretFromEnvironment } from './config.ts';
import type { Log } from './ports/log.ts';
import type { PlatformAccess } from './ports/platform-access.ts';

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

/** Where the sample of a bot without a source file lies. */
export const sampleDir = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'sample');

/** The source file, or that of the sample in the data folder, made when it is absent. */
export async function sourceFileOf(config: Config): Promise<string> {
  if (config.sourceFile) return config.sourceFile;
  const { DEFAULT_SAMPLE, ensureSample } = await import('./adapters/sample/sample.ts');
  return (await ensureSample({ dir: sampleDir(config), ...DEFAULT_SAMPLE })).sourceFile;
}

/** Who lets people into the platform for some hours: the webhook that is set, else the SQL of the source file. */
export async function openAccess(
  { accessWebhook }: Pick<Config, 'accessWebhook'>,
  sourceFile: string,
): Promise<PlatformAccess | null> {
  if (accessWebhook) {
    return (await import('./adapters/webhook/access.ts')).createAccessWebhook(accessWebhook);
  }
  return openSqlAccess(sourceFile, secretFromEnvironment);
}
