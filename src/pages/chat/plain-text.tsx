type Block = { kind: 'text'; text: string } | { kind: 'list'; items: string[] };

const BULLET = '• ';
/** An address, without the punctuation that a sentence puts behind it. */
const ADDRESS = /https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]]/g;

/** Words as somebody wrote them. They are never taken for HTML; only web addresses become links. */
export function PlainText(props: { text: string }) {
  return (
    <>
      {blocksOf(props.text).map((block, index) =>
        block.kind === 'text' ? (
          <p key={index} dir="auto">
            <Linked text={block.text} />
          </p>
        ) : (
          <ul key={index}>
            {block.items.map((item, at) => (
              <li key={at} dir="auto">
                <Linked text={item} />
              </li>
            ))}
          </ul>
        ),
      )}
    </>
  );
}

function Linked(props: { text: string }) {
  const pieces = [];
  let end = 0;
  for (const match of props.text.matchAll(ADDRESS)) {
    const [address] = match;
    if (!URL.canParse(address)) continue;
    pieces.push(props.text.slice(end, match.index));
    pieces.push(
      <a key={match.index} href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    end = match.index + address.length;
  }
  pieces.push(props.text.slice(end));
  return <>{pieces}</>;
}

/** Lines that begin with a bullet are a list; an empty line parts paragraphs. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const flush = () => {
    const joined = lines.join('\n').trim();
    if (joined) blocks.push({ kind: 'text', text: joined });
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith(BULLET)) {
      flush();
      const item = line.slice(BULLET.length);
      const list = blocks.at(-1);
      if (list?.kind === 'list') list.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else if (line.trim() === '') flush();
    else lines.push(line);
  }
  flush();
  return blocks;
}
