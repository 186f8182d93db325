import type { webApi } from '@slack/bolt';
import { SendError } from '../../domain/send-error.ts';
import type { OutgoingFile } from '../../ports/thread.ts';

const UPLOAD_TIMEOUT_MS = 20_000;

/** Where a file goes: a channel, or one of its threads. */
export type Target = { channel: string; ts: string | null };

/** Puts a file up and shares it: an address for the bytes, the bytes, then the sharing. */
export async function shareFile(
  client: webApi.WebClient,
  { channel, ts }: Target,
  { fileName, contentType, content }: OutgoingFile,
): Promise<void> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: fileName,
    length: content.length,
  });
  if (!url || !id) throw new SendError('Slack gave no address to upload the file to.');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(content),
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  if (!response.ok) {
    throw new SendError(`Slack did not take the bytes of the file (status ${response.status}).`);
  }
  const files: [{ id: string; title: string }] = [{ id, title: fileName }];
  await client.files.completeUploadExternal(
    ts ? { files, channel_id: channel, thread_ts: ts } : { files, channel_id: channel },
  );
}
