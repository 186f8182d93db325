// Loaded before everything else (`node --import`), and plain JavaScript: an older Node cannot even read the rest.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Waybill needs Node 24; this is Node ${process.versions.node}. Run "npm ci", which brings it along on Linux, Windows and Intel Macs, or install it from https://nodejs.org, and try again.`,
  );
  process.exit(1);
}

// Reading and packing parts keeps libuv's four threads busy, and pages of the chat would wait behind them. It is read
// when the first of them starts, so that this is the last moment to set it.
process.env.UV_THREADPOOL_SIZE ??= '16';
