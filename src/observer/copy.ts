import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { SkipReason } from './signal.ts';

export type Body = { readonly json: unknown } | { readonly skipped: SkipReason };

/** The most of one body that is ever held in memory, in bytes. */
export const longestCopy = 64 * 1024;

/** The memory that all copies share, in bytes: without it many slow exchanges would end the sidecar, and so the traffic. */
export interface Budget {
  free: number;
}

/** A bounded copy of a passing body. It only listens: the pipe beside it keeps its pace. */
export interface Copy {
  /** Gives the memory back, and what was copied. To be called once, when the exchange is over. */
  take(): () => Body;
}

/** Copies a message's body if it can be of use, judging by its headers. */
export function copyOf(message: IncomingMessage, budget: Budget): Copy {
  const useless = uselessBy(message.headers);
  if (useless !== undefined) return { take: () => () => ({ skipped: useless }) };
  let chunks: Buffer[] = [];
  let size = 0;
  let skipped: SkipReason | undefined;

  function giveUp(reason: SkipReason): void {
    skipped = reason;
    chunks = [];
    budget.free += size;
    size = 0;
  }

  message.on('data', (chunk: Buffer) => {
    if (skipped !== undefined) return;
    if (size + chunk.length > longestCopy) return giveUp('TooLarge');
    if (chunk.length > budget.free) return giveUp('Busy');
    size += chunk.length;
    budget.free -= chunk.length;
    chunks.push(chunk);
  });
  return {
    take() {
      budget.free += size;
      size = 0;
      return () => (skipped === undefined ? parsed(Buffer.concat(chunks)) : { skipped });
    },
  };
}

function uselessBy(headers: IncomingHttpHeaders): SkipReason | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (['text/event-stream', 'application/x-ndjson', 'application/jsonl'].includes(type)) return 'Streamed';
  if (type !== 'application/json' && !type.endsWith('+json')) return 'NotJSON';
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return 'Encoded';
  return Number(headers['content-length'] ?? 0) > longestCopy ? 'TooLarge' : undefined;
}

function parsed(bytes: Buffer): Body {
  try {
    return { json: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    return { skipped: 'Malformed' };
  }
}
