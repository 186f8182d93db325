import { sayDownloaded } from '../../domain/card.ts';
import type { DeskDownload, DeskPart, DeskTicket } from '../../domain/desk-view.ts';
import { sayBytes, sayCount } from '../../domain/words.ts';
import { certificateUrl, downloadsCsvUrl, linksCsvUrl } from './api.ts';
import { Panel } from './panel.tsx';
import { Scroll } from './scroll.tsx';
import { Shares } from './shares.tsx';
import { When } from './when.tsx';

/** What the customer has fetched so far, file by file. */
export function Downloads({ view, parts }: { view: DeskTicket; parts: DeskPart[] }) {
  const { downloaded, downloads, number, shares, hasLinksCsv, hasCertificate } = view;
  return (
    <Panel
      title="Downloads"
      name="downloads"
      aside={
        <>
          {hasLinksCsv && (
            <a class="button button-small" href={linksCsvUrl(number)} download>
              Links CSV
            </a>
          )}
          {downloads.length > 0 && (
            <a class="button button-small" href={downloadsCsvUrl(number)} download>
              Log as CSV
            </a>
          )}
          {hasCertificate && (
            <a class="button button-small" href={certificateUrl(number)} download>
              Certificate of deletion
            </a>
          )}
        </>
      }
    >
      {downloaded && (
        <p class="downloads-sum">
          <progress
            class="bar"
            max={downloaded.bytes.total || 1}
            value={downloaded.bytes.done}
            aria-label="Downloaded so far"
          />
          {sayDownloaded(downloaded)}
        </p>
      )}
      <details open={parts.length <= 12}>
        <summary>{sayCount(parts.length, 'file')}</summary>
        <Scroll name="table-scroll" label="Files and downloads">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col" class="number">
                  Size
                </th>
                <th scope="col">Downloaded</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <PartRow key={part.name} part={part} />
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
      <Shares number={number} shares={shares} />
      {downloads.length > 0 && <DownloadLog downloads={downloads} />}
    </Panel>
  );
}

function PartRow({ part }: { part: DeskPart }) {
  const { name, sizeBytes, downloadedBytes, requests, lastAt } = part;
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td class="number">{sayBytes(sizeBytes)}</td>
      <td>{sayFetched(sizeBytes, downloadedBytes, requests)}</td>
      <td>{lastAt ? <When at={lastAt} exact={false} /> : '–'}</td>
    </tr>
  );
}

function sayFetched(sizeBytes: number, downloadedBytes: number, requests: number): string {
  if (requests === 0) return 'no';
  if (downloadedBytes === sizeBytes) return 'yes';
  return `${Math.floor((downloadedBytes / sizeBytes) * 100)} %`;
}

function DownloadLog({ downloads }: { downloads: DeskDownload[] }) {
  return (
    <details>
      <summary>Log: the last {sayCount(downloads.length, 'request')}</summary>
      <Scroll name="table-scroll" label="Log of requests">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">File</th>
              <th scope="col" class="number">
                Sent
              </th>
              <th scope="col">From</th>
              <th scope="col">With</th>
            </tr>
          </thead>
          <tbody>
            {downloads.map((line, place) => (
              <tr key={downloads.length - place}>
                <td>
                  <When at={line.at} />
                </td>
                <td>
                  <bdi>{line.who}</bdi>
                </td>
                <td>
                  <bdi>{line.name}</bdi>
                </td>
                <td class="number">{sayBytes(line.bytes)}</td>
                <td>{line.from}</td>
                <td class="user-agent">{line.userAgent}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
