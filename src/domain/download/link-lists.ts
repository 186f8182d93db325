import { type Listing, plainName } from './listed-file.ts';

/** What aria2 reads with `--input-file`: each file with its name, and the SHA-256 that aria2 compares at the end. */
export function aria2List({ files }: Listing): string {
  return files
    .map(
      ({ fileName, sha256, link }) =>
        `${link}\n  out=${plainName(fileName)}\n  checksum=sha-256=${sha256}\n`,
    )
    .join('');
}

/** What wget reads with `--input-file`. It names what it saves after the end of the address, so the name stands there. */
export function wgetList({ files }: Listing): string {
  return files.map(({ fileName, link }) => `${link}/${encodeURIComponent(fileName)}\n`).join('');
}
