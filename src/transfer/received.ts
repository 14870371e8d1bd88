import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './asking.ts';
import { fault } from './ends.ts';

/** What comes of one file, and where it goes. */
export interface Receiving {
  readonly answer: Answer;
  readonly uri: string;
  /** The file, which may come half. */
  readonly partial: string;
  /** How many bytes of it are there, and stay. */
  readonly from: number;
  /** Told each piece as it comes. */
  readonly onPiece: (piece: Buffer) => void;
  /** What it means if no more comes. What the disk says is nothing of the server, and is thrown as it is. */
  readonly failing: (error: unknown) => unknown;
}

/** Writes what a server sends behind what is there. Whatever is less, or more, than the server has announced is a fault. */
export async function received({ answer, uri, partial, from, onPiece, failing }: Receiving): Promise<void> {
  let bytes = from;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const piece of answer.body as AsyncIterable<Buffer>) {
        bytes += piece.length;
        onPiece(piece);
        yield piece;
      }
    } catch (error) {
      throw failing(error);
    }
  };
  const file = createWriteStream(partial, { flags: from > 0 ? 'a' : 'w', highWaterMark: 1024 * 1024 });
  await pipeline(pieces, file);
  const whole = wholeSize(answer);
  if (whole !== undefined && whole !== bytes)
    throw fault(`The connection of ${uri} was cut at ${bytes} of ${whole} bytes`);
}

/** How many bytes the whole file has, as far as the server says. */
export function wholeSize({ status, headers }: Answer): number | undefined {
  const length = status === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length'];
  return length === undefined || headers['content-encoding'] !== undefined ? undefined : Number(length);
}

/** How many bytes a file has, if it is there. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
