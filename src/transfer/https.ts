import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Location } from '../storage/storage.ts';
import type { Transfer } from './command.ts';
import { Failure, fault, mend, Missing } from './ends.ts';
import { failureBy } from './failures.ts';
import { type Answer, Asking } from './asking.ts';
import { patiently } from './patience.ts';
import type { Entry } from './entry.ts';
import { stepBytes, type Watch } from './moved.ts';
import type { Source } from './source.ts';
import { wordingOf } from './words.ts';

/** One file of a web server. */
export function httpsSource(uri: string, { path }: Location, transfer: Transfer): Source {
  const name = basename(path);
  const wording = wordingOf(transfer.credentials, transfer.settings);
  const asking = new Asking(uri, transfer);
  const tried = <T>(act: () => Promise<T>): Promise<T> =>
    act().catch((error: unknown) => {
      throw failureOf(error, uri, wording);
    });
  return {
    uri,
    list: () =>
      patiently(
        () =>
          tried(async () => {
            const answer = await asking.ask({});
            answer.body.destroy();
            return [entryOf(name, refused(answer, uri))];
          }),
        transfer,
      ),
    copy: (folder, watch) => {
      let best = 0;
      return patiently((further) => {
        const reached = (bytes: number): void => {
          if (bytes < best + stepBytes) return;
          best = bytes;
          further();
        };
        return tried(() => download({ asking, uri, name, folder, watch, reached }));
      }, transfer);
    },
  };
}

interface Download {
  readonly asking: Asking;
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly watch: Watch;
  /** Told how far a try came: one from the beginning need not be further than those before. */
  readonly reached: (bytes: number) => void;
}

/** Goes on where the file broke off, if the server can, and it is the same file. */
async function download({ asking, uri, name, folder, watch, reached }: Download): Promise<void> {
  const partial = join(folder, `${name}.partial`);
  const note = join(folder, `${name}.validator.partial`);
  const have = await stat(partial).then(
    ({ size }) => size,
    () => 0,
  );
  const validator = await readFile(note, 'utf8').catch(() => '');
  const resumes = have > 0 && validator !== '';
  const answer = await asking.ask(resumes ? { range: `bytes=${have}-`, 'if-range': validator } : {});
  if (answer.status === 416) {
    answer.body.destroy();
    await rm(partial, { force: true });
    throw fault(`${uri} is shorter than what was fetched of it`);
  }
  refused(answer, uri);
  const goesOn = resumes && answer.status === 206;
  let bytes = goesOn ? have : 0;
  await writeFile(note, strongValidator(answer));
  answer.body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    watch.moved?.(bytes);
  });
  const file = createWriteStream(partial, { flags: goesOn ? 'a' : 'w', highWaterMark: 1024 * 1024 });
  try {
    await pipeline(answer.body, file);
  } finally {
    reached(bytes);
  }
  const whole = wholeSize(answer);
  if (whole !== undefined && whole !== bytes)
    throw fault(`The connection of ${uri} was cut at ${bytes} of ${whole} bytes`);
  await rename(partial, join(folder, name));
  await rm(note, { force: true });
  watch.copied?.(name);
}

/** By which a server knows that a file is the same, byte by byte. */
function strongValidator({ headers }: Answer): string {
  const { etag } = headers;
  return etag !== undefined && !etag.startsWith('W/') ? etag : '';
}

function entryOf(path: string, answer: Answer): Entry {
  const { headers } = answer;
  const modified = headers['last-modified'] ?? '';
  return { path, size: wholeSize(answer) ?? -1, modified, ...(headers.etag !== undefined && { hash: headers.etag }) };
}

function wholeSize({ status, headers }: Answer): number | undefined {
  const length = status === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length'];
  return length === undefined || headers['content-encoding'] !== undefined ? undefined : Number(length);
}

function refused(answer: Answer, uri: string): Answer {
  const { status } = answer;
  if (status === 200 || status === 206) return answer;
  answer.body.destroy();
  const words = `the server answered ${status}`;
  if (status === 404 || status === 410) throw new Missing(`There is nothing at ${uri}: ${words}`);
  if (status === 401 || status === 403)
    throw mend(`The server does not let ${uri} be read (HTTPS_BEARER_TOKEN of the Secret): ${words}`);
  if (status === 408 || status === 429 || status >= 500) throw fault(`${uri} cannot be read now: ${words}`);
  throw mend(`${uri} cannot be read: ${words}`);
}

function failureOf(error: unknown, uri: string, wording: (words: string) => string): unknown {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || name === 'AbortError') return error;
  const words = code === 'ENOSPC' || code === 'EDQUOT' ? 'no space left on device' : `${message} (${code})`;
  return failureBy(wording(words), uri);
}
