import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { BinaryPart } from './binary.ts';
import type { SkipReason } from './skip.ts';

export type Body = { readonly json: unknown; readonly binary?: BinaryPart } | { readonly skipped: SkipReason };

/** The most of one body that is ever held in memory, in bytes. */
export const longestCopy = 64 * 1024;

/** What Node holds for a piece besides its bytes: whoever sends a chunk for every byte fills the budget with these. */
export const perPiece = 256;

/** The memory that all copies share, in bytes: without it many slow exchanges would end the sidecar, and so the traffic. */
export interface Budget {
  free: number;
}

/** A bounded copy of a passing body. It only listens: the pipe beside it keeps its pace. */
export interface Copy {
  /** Gives the memory back, and what was copied. To be called once, when the exchange is over. */
  take(): () => Body;
}

/** What of a body is to be copied. */
interface Wanted {
  /** Whether its sender says that it is JSON. tritonclient, among others, says nothing. */
  readonly isDeclared: boolean;
  /** How many bytes of JSON come before the data of tensors. Absent if all of the body is JSON. */
  readonly head?: number;
}

/**
 * Copies a message's body if it can be of use, judging by its headers and its first byte.
 * @param wantsBytes whether the data that follow the JSON are of use, too.
 */
export function copyOf(message: IncomingMessage, budget: Budget, wantsBytes = false): Copy {
  const wanted = wantedBy(message.headers);
  if (typeof wanted === 'string') return { take: () => () => ({ skipped: wanted }) };
  const { isDeclared, head } = wanted;
  let most = head === undefined ? Infinity : wantsBytes ? longestCopy : head;
  let chunks: Buffer[] = [];
  let size = 0;
  let taken = 0;
  let passed = 0;
  let cutBy: NonNullable<BinaryPart['cutBy']> = 'TooLarge';
  let isOpen = isDeclared;
  let skipped: SkipReason | undefined;

  function giveUp(reason: SkipReason): void {
    skipped = reason;
    chunks = [];
    giveBack();
  }

  function giveBack(): void {
    budget.free += taken;
    taken = 0;
  }

  message.on('data', (chunk: Buffer) => {
    passed += chunk.length;
    if (skipped !== undefined || size === most) return;
    if (!isOpen) {
      const first = chunk.find((byte) => !blanks.has(byte));
      if (first !== undefined && !openings.has(first)) return giveUp('NotJSON');
      isOpen = first !== undefined;
    }
    // A part of a piece would keep the whole of it in memory.
    const piece = chunk.length <= most - size ? chunk : Buffer.from(chunk.subarray(0, most - size));
    if (size + piece.length > longestCopy) return giveUp('TooLarge');
    if (piece.length + perPiece > budget.free) {
      if (head === undefined || size < head) return giveUp('Busy');
      cutBy = 'Busy';
      most = size;
      return;
    }
    size += piece.length;
    taken += piece.length + perPiece;
    budget.free -= piece.length + perPiece;
    chunks.push(piece);
  });
  return {
    take() {
      giveBack();
      return () => {
        if (skipped !== undefined) return { skipped };
        const whole = Buffer.concat(chunks);
        const json = parsed(whole.subarray(0, head), isDeclared);
        if (head === undefined || 'skipped' in json) return json;
        const isCut = whole.length < passed;
        return { ...json, binary: { bytes: whole.subarray(head), length: passed - head, ...(isCut && { cutBy }) } };
      };
    },
  };
}

const blanks: ReadonlySet<number> = new Set(Buffer.from(' \t\n\r'));
const openings: ReadonlySet<number> = new Set(Buffer.from('{['));

function wantedBy(headers: IncomingHttpHeaders): Wanted | SkipReason {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const head = headers['inference-header-content-length'];
  const isJSON = type === 'application/json' || type.endsWith('+json');
  if (['text/event-stream', 'application/x-ndjson', 'application/jsonl'].includes(type)) return 'Streamed';
  if (head === undefined && type !== '' && !isJSON) return 'NotJSON';
  if (isEncoded(headers)) return 'Encoded';
  if (head === undefined) {
    return Number(headers['content-length'] ?? 0) > longestCopy ? 'TooLarge' : { isDeclared: isJSON };
  }
  if (typeof head !== 'string' || !/^[0-9]{1,15}$/.test(head)) return 'Malformed';
  // All of it is the data of the only tensor, and only the model knows its shape and type.
  if (Number(head) === 0) return 'Binary';
  return Number(head) > longestCopy ? 'TooLarge' : { isDeclared: true, head: Number(head) };
}

/** Whether a body is compressed, which nobody undoes here. */
export function isEncoded(headers: IncomingHttpHeaders): boolean {
  return (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
}

function parsed(bytes: Buffer, isDeclared: boolean): Body {
  try {
    return { json: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    return { skipped: isDeclared ? 'Malformed' : 'NotJSON' };
  }
}
