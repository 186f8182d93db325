import type { DeskBuild } from '../../domain/desk-view.ts';
import { sayBytes, sayDuration } from '../../domain/words.ts';
import { Panel } from './panel.tsx';
import { When } from './when.tsx';

/** How far the export is. */
export function Building({ build }: { build: DeskBuild }) {
  const { progress, bytesPerSecond, secondsLeft, startedAt } = build;
  if (!progress) {
    return (
      <Panel title="Building" name="building">
        <p class="muted">
          Planning the parts. Begun <When at={startedAt} />.
        </p>
      </Panel>
    );
  }
  const { parts, files, bytes } = progress;
  const percent = bytes.total > 0 ? Math.floor((bytes.done / bytes.total) * 100) : 0;
  return (
    <Panel title="Building" name="building" aside={<strong class="percent">{percent} %</strong>}>
      <progress class="bar" max={bytes.total || 1} value={bytes.done} aria-label="Built so far" />
      <p class="building-figures">
        <span>
          {parts.done} of {parts.total} ZIPs
        </span>
        <span>
          {files.done.toLocaleString('en-GB')} of {files.total.toLocaleString('en-GB')} files
        </span>
        <span>
          {sayBytes(bytes.done)} of {sayBytes(bytes.total)}
        </span>
        {bytesPerSecond !== null && <span>{sayBytes(bytesPerSecond)} a second</span>}
        {secondsLeft !== null && <span>about {sayDuration(secondsLeft * 1000)} left</span>}
        <span>
          begun <When at={startedAt} exact={false} />
        </span>
      </p>
    </Panel>
  );
}
