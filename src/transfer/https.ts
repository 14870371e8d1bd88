import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Location } from '../storage/storage.ts';
import type { Transfer } from './command.ts';
import { fault, mend, Missing } from './ends.ts';
import { type Answer, Asking, failureOfAsking } from './asking.ts';
import { patiently } from './patience.ts';
import type { Entry } from './entry.ts';
import { steps, type Watch } from './moved.ts';
import { received, sizeOf, wholeSize } from './received.ts';
import type { Source } from './source.ts';
import { wordingOf } from './words.ts';

/** One file of a web server. */
export function httpsSource(uri: string, { path }: Location, transfer: Transfer): Source {
  const name = basename(path);
  const wording = wordingOf(transfer.credentials, transfer.settings);
  const tokenName = 'HTTPS_BEARER_TOKEN';
  const token = { name: tokenName, value: transfer.credentials[tokenName] };
  const asking = new Asking({ first: uri, uri, token }, transfer);
  const failing = (error: unknown): unknown => failureOfAsking(error, uri, wording);
  const ask = (headers: Readonly<Record<string, string>>) =>
    asking.ask(uri, headers, transfer.stop).catch((error: unknown) => {
      throw failing(error);
    });
  let listed: Entry | undefined;
  return {
    uri,
    list: () =>
      patiently(async () => {
        const answer = await ask({});
        answer.body.destroy();
        listed = entryOf(name, refused(answer, uri));
        return [listed];
      }, transfer),
    copy: async (folder, watch) => {
      if (listed !== undefined && (await sizeOf(join(folder, name))) === listed.size) return;
      const reached = steps();
      await patiently(
        (further) => download({ ask, failing, uri, name, folder, watch, reached: (bytes) => reached(bytes, further) }),
        transfer,
      );
    },
  };
}

interface Download {
  readonly ask: (headers: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly failing: (error: unknown) => unknown;
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly watch: Watch;
  /** Told how far a try came: one from the beginning need not be further than those before. */
  readonly reached: (bytes: number) => void;
}

/** Goes on where the file broke off, if the server can, and it is the same file. */
async function download({ ask, failing, uri, name, folder, watch, reached }: Download): Promise<void> {
  const partial = join(folder, `${name}.partial`);
  const note = join(folder, `${name}.validator.partial`);
  const have = (await sizeOf(partial)) ?? 0;
  const validator = await readFile(note, 'utf8').catch(() => '');
  const resumes = have > 0 && validator !== '';
  const answer = await ask(resumes ? { range: `bytes=${have}-`, 'if-range': validator } : {});
  if (answer.status === 416) {
    answer.body.destroy();
    await rm(partial, { force: true });
    throw fault(`${uri} is shorter than what was fetched of it`);
  }
  refused(answer, uri);
  const goesOn = resumes && answer.status === 206;
  let bytes = goesOn ? have : 0;
  await writeFile(note, strongValidator(answer));
  const onPiece = (piece: Buffer): void => {
    bytes += piece.length;
    watch.moved?.(bytes);
  };
  try {
    await received({ answer, uri, partial, from: bytes, onPiece, failing });
  } finally {
    reached(bytes);
  }
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
