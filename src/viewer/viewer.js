// A classic script, because browsers load no modules from file://.

{
  const PER_PAGE = 100;
  /** Opened from a folder, such a file could run what is in it; its place is shown instead of a link. */
  const RISKY =
    /\.(html?|xhtml|shtml|mht|mhtml|svg|xml|xsl|js|mjs|hta|url|lnk|exe|bat|cmd|ps1|vbs|jar)$/i;
  const byId = (id) => document.getElementById(id);
  const candidates = new Map();
  const jobs = new Map();
  const files = [];
  const columns = { Candidates: [], Jobs: [] };
  const absent = [];
  let view = 'candidates';
  let found = [];
  let page = 0;

  // The scripts beside this page call these; all they hand over is shown as text, never as markup.
  window.waybill = {
    rows(dataSet, names, lines) {
      columns[dataSet] = names;
      for (const [id, values] of parse(lines)) {
        if (dataSet === 'Candidates') candidateOf(id).values = values;
        else jobOf(id).values = values;
      }
    },
    files(part, lines) {
      for (const row of parse(lines)) {
        const [path, section, jobId, jobTitle, candidateId, candidateName, size] = row;
        const file = { path, section, size, part, jobId, jobTitle, candidateId, candidateName };
        files.push(file);
        if (candidateId !== null) candidateOf(candidateId, candidateName).files.push(file);
        if (jobId !== null) jobOf(jobId, jobTitle).files.push(file);
      }
    },
  };

  /** Lines of JSON, each with a comma at its end. */
  function parse(lines) {
    return JSON.parse(`[${lines}null]`).slice(0, -1);
  }
  function candidateOf(id, name) {
    return entryOf(candidates, id, name);
  }
  function jobOf(id, name) {
    return entryOf(jobs, id, name);
  }
  function entryOf(map, id, name) {
    const entry = map.get(id) ?? { id, name: '', values: [], files: [], text: null };
    map.set(id, entry);
    entry.name ||= name || '';
    return entry;
  }

  const NAMES = {
    candidates: ['name', 'full_name', 'candidate_name'],
    jobs: ['title', 'job_title', 'name'],
  };
  function nameOf(entry, kind) {
    if (entry.name) return entry.name;
    const names = kind === 'jobs' ? columns.Jobs : columns.Candidates;
    const at = (wanted) => names.findIndex((name) => name.toLowerCase() === wanted);
    const place = NAMES[kind].map(at).find((index) => index >= 0);
    const first = entry.values[at('first_name')];
    const last = entry.values[at('last_name')];
    const whole =
      place === undefined ? [first, last].filter(Boolean).join(' ') : entry.values[place];
    return String(whole || entry.id);
  }

  const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  function textOf(entry, kind) {
    entry.text ??= fold(
      kind === 'files'
        ? `${entry.path} ${entry.candidateName ?? ''} ${entry.jobTitle ?? ''}`
        : [entry.id, entry.name, ...entry.values].filter((value) => value !== null).join(' '),
    );
    return entry.text;
  }

  function all(kind) {
    if (kind === 'files') return files;
    return [...(kind === 'jobs' ? jobs : candidates).values()];
  }

  function search() {
    const words = fold(byId('search').value).split(/\s+/).filter(Boolean);
    found = all(view).filter((entry) => {
      const text = textOf(entry, view);
      return words.every((word) => text.includes(word));
    });
    page = 0;
    showList();
  }

  function element(tag, text, more = {}) {
    const made = document.createElement(tag);
    if (text !== null) made.textContent = text;
    return Object.assign(made, more);
  }

  const count = (number, one) => `${number.toLocaleString()} ${number === 1 ? one : `${one}s`}`;
  const ONE = { candidates: 'candidate', jobs: 'job', files: 'file' };

  function showList() {
    byId('count').textContent = count(found.length, ONE[view]);
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    byId('pages').hidden = pages === 1;
    byId('page').textContent = `${page + 1} of ${pages}`;
    byId('before').disabled = page === 0;
    byId('after').disabled = page + 1 >= pages;
    byId('rows').replaceChildren(
      ...found.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((entry) => {
        const item = element('li', null);
        const button = element('button', titleOf(entry), { type: 'button' });
        button.append(element('small', hintOf(entry)));
        button.addEventListener('click', () => {
          for (const other of byId('rows').querySelectorAll('button')) {
            other.setAttribute('aria-current', String(other === button));
          }
          show(entry);
        });
        item.append(button);
        return item;
      }),
    );
  }

  function titleOf(entry) {
    return view === 'files' ? entry.path.split('/').at(-1) : nameOf(entry, view);
  }
  function hintOf(entry) {
    if (view === 'files') return entry.path.split('/').slice(0, -1).join(' › ');
    return entry.files.length ? count(entry.files.length, 'file') : 'no files';
  }

  function show(entry) {
    const detail = byId('detail');
    detail.replaceChildren(element('h2', titleOf(entry)));
    if (view === 'files') {
      detail.append(fileList([entry]));
    } else {
      const names = view === 'jobs' ? columns.Jobs : columns.Candidates;
      const list = element('dl', null);
      for (const [index, name] of names.entries()) {
        const value = entry.values[index];
        if (value === null || value === undefined || value === '') continue;
        list.append(element('dt', name.replaceAll('_', ' ')), element('dd', String(value)));
      }
      detail.append(list, element('h3', count(entry.files.length, 'file')), fileList(entry.files));
    }
    detail.focus({ preventScroll: matchMedia('(min-width: 44.01rem)').matches });
  }

  function fileList(some) {
    const list = element('ul', null);
    for (const file of some.slice(0, 1000)) {
      const item = element('li', null);
      const name = file.path.split('/').at(-1);
      if (RISKY.test(name)) {
        item.append(
          element('span', name),
          element(
            'span',
            ' (not opened from here, because it may run a program; it lies at the path below)',
            { className: 'soft' },
          ),
        );
      } else {
        // Every piece is encoded and the address begins with ./, so no name can be a scheme or leave the folder.
        const href = `./${file.path.split('/').map(encodeURIComponent).join('/')}`;
        item.append(element('a', name, { href, target: '_blank', rel: 'noopener noreferrer' }));
      }
      const place = file.path.split('/').slice(0, -1).join(' › ');
      item.append(element('div', `${size(file.size)} · ${place}`, { className: 'soft' }));
      list.append(item);
    }
    if (some.length > 1000)
      list.append(
        element('li', `… and ${count(some.length - 1000, 'file')} more: search under Files.`),
      );
    return list;
  }

  function size(bytes) {
    if (bytes < 1000) return `${bytes} bytes`;
    const power = Math.min(3, Math.floor(Math.log10(bytes) / 3));
    return `${(bytes / 1000 ** power).toFixed(1)} ${['', 'KB', 'MB', 'GB'][power]}`;
  }

  function load(scripts) {
    let left = scripts.length;
    const done = () => {
      left -= 1;
      if (left === 0) begin();
    };
    if (left === 0) begin();
    for (const { src, part } of scripts) {
      const script = document.createElement('script');
      script.src = src;
      script.onload = done;
      script.onerror = () => {
        absent.push(part);
        done();
      };
      document.head.append(script);
    }
  }

  function begin() {
    byId('about').textContent = [
      count(candidates.size, 'candidate'),
      count(jobs.size, 'job'),
      count(files.length, 'file'),
    ].join(' · ');
    if (absent.length) {
      const some =
        absent.slice(0, 5).join(', ') + (absent.length > 5 ? ` and ${absent.length - 5} more` : '');
      byId('absent').textContent =
        `Not here yet: ${some}. Extract all ZIPs into this same folder, and open this page again.`;
      byId('absent').hidden = false;
    }
    search();
  }

  for (const button of document.querySelectorAll('[data-view]')) {
    button.addEventListener('click', () => {
      view = button.dataset.view;
      for (const other of document.querySelectorAll('[data-view]')) {
        other.setAttribute('aria-pressed', String(other === button));
      }
      byId('detail').replaceChildren();
      search();
    });
  }
  let waiting = 0;
  byId('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  function turn(by) {
    page += by;
    showList();
    byId('list').scrollIntoView();
  }
  byId('before').onclick = () => turn(-1);
  byId('after').onclick = () => turn(1);

  load(JSON.parse(byId('scripts').textContent));
}
