import { sizeWords } from './size.ts';

/** How far something has come. */
export interface Stand {
  readonly bytes: number;
  /** Unknown if the source does not say. */
  readonly ofBytes: number | undefined;
  readonly files: number;
  readonly ofFiles: number;
}

export interface ProgressOptions {
  /** Writes one line of the log. */
  readonly say: (line: string) => void;
  /** Milliseconds between two lines. */
  readonly every: number;
}

/** Says at once, and then from time to time, how far something has come, for as long as it lasts. */
export async function telling<T>(
  line: () => string,
  { say, every }: ProgressOptions,
  act: () => Promise<T>,
): Promise<T> {
  say(line());
  const timer = setInterval(() => say(line()), every);
  try {
    return await act();
  } finally {
    clearInterval(timer);
  }
}

/** `Fetching 12.4 of 40.1 GiB, 3 of 12 files, from s3://bucket/path` */
export function progressLine(verb: string, { bytes, ofBytes, files, ofFiles }: Stand, rest: string): string {
  const size = ofBytes === undefined ? sizeWords(bytes) : sizeWords(ofBytes, Math.min(bytes, ofBytes));
  return `${verb} ${size}, ${files} of ${ofFiles} ${ofFiles === 1 ? 'file' : 'files'}, ${rest}`;
}
