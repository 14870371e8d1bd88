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

const mebibyte = 1024 * 1024;

/** In bytes: what is larger is sent in pieces, and of what is not larger stores tell the MD5. */
export const largestWhole = 200 * mebibyte;

/** Stores take no more pieces of one object. */
const mostPieces = { s3: 10_000, azure: 50_000 };

/** In MiB: what all pieces have together that are sent at once, unless one alone has more. */
const pieces = 96;

/** In MiB, so that a file has no more pieces than a store takes. */
const pieceOf = (largest: number, most: number): number => Math.max(8, Math.ceil(largest / most / mebibyte));

/** @param largest the size of the largest file, in bytes. */
export function uploading(largest: number): readonly string[] {
  const piece = pieceOf(largest, mostPieces.s3);
  const atOnce = Math.max(1, Math.floor(pieces / piece));
  const files = largest > largestWhole ? Math.min(4, atOnce) : 16;
  const streams = Math.max(1, Math.floor(atOnce / files));
  return [
    `--transfers=${files}`,
    '--checkers=8',
    '--buffer-size=0',
    `--s3-upload-cutoff=${largestWhole / mebibyte}M`,
    // What is sent in pieces is read from the disk as it is sent; without this, those up to 256 MiB are held in memory, piece by piece.
    `--multi-thread-cutoff=${largestWhole / mebibyte}M`,
    `--s3-chunk-size=${piece}M`,
    `--s3-upload-concurrency=${streams}`,
    // Each piece has one; of the whole it would have to be known before the first byte is sent.
    '--s3-disable-checksum',
    // The listing at the end tells of all at once.
    '--s3-no-head',
    `--azureblob-chunk-size=${pieceOf(largest, mostPieces.azure)}M`,
    `--azureblob-upload-concurrency=${streams}`,
  ];
}
