/** What every run of rclone is told. */
export function common(stall: number, retries: number): readonly string[] {
  return [
    '--use-json-log',
    '--log-level=INFO',
    '--stats=1s',
    // Whole runs are tried again by us, who know what to say meanwhile and when to stop.
    '--retries=1',
    // The library of a store tries as often by itself, and waits longer each time; a file goes on in its middle so often.
    `--low-level-retries=${retries}`,
    '--contimeout=15s',
    `--timeout=${stall}ms`,
  ];
}

export const listing = ['lsjson', '--recursive', '--files-only', '--no-mimetype', '--use-server-modtime'];

export const downloading = [
  '--transfers=8',
  '--checkers=8',
  // One listing for all folders, instead of one for each.
  '--fast-list',
  // Else each object is asked for a time that its writer may have noted.
  '--use-server-modtime',
  '--no-update-dir-modtime',
  // The digest says more than what stores call a checksum, which with some kinds of encryption is none of the contents.
  '--ignore-checksum',
  // What is read ahead of eight files at once is memory that the disk does not wait for.
  '--buffer-size=0',
  '--multi-thread-streams=4',
];

export const uploading = ['--transfers=4', '--checkers=8'];
