/** The frames of a watch: one JSON object a line. */
import { failure } from './kubernetes.ts';

/** A frame as it came, its line's end included. */
export type Frame = Buffer;

const newline = 10;
const bookmarkStart = '{"type":"BOOKMARK"';

/** Cuts what arrives in arbitrary pieces into whole frames. */
export class FrameSplitter {
  #rest: Buffer[] = [];

  /** The frames that this piece completes. */
  *split(piece: Buffer): Generator<Frame> {
    let start = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
      const last = piece.subarray(start, end + 1);
      start = end + 1;
      yield this.#rest.length === 0 ? last : Buffer.concat([...this.#rest, last]);
      this.#rest = [];
    }
    if (start < piece.length) this.#rest.push(piece.subarray(start));
  }
}

interface ParsedFrame {
  readonly type: string;
  readonly object: { readonly metadata?: { readonly uid?: string; readonly resourceVersion?: string } };
}

/** Whether a frame is a bookmark, which tells how far the watch is and of no change. */
export function isBookmark(frame: Frame): boolean {
  return frame.subarray(0, bookmarkStart.length).toString('latin1') === bookmarkStart;
}

export function parseFrame(frame: Frame): ParsedFrame {
  return JSON.parse(frame.toString()) as ParsedFrame;
}

export function frameOf(type: string, object: unknown): Frame {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}

/** The frame by which the API server says that a watch has failed. */
export function errorFrame(code: number, reason: string, message: string): Frame {
  return frameOf('ERROR', failure(code, reason, message));
}

/** The kind is needed by clients that decode by it. */
export function bookmarkFrame(apiVersion: string, kind: string, resourceVersion: string): Frame {
  return frameOf('BOOKMARK', { kind, apiVersion, metadata: { resourceVersion, creationTimestamp: null } });
}

/**
 * Leaves out states that were overtaken: of several changes of one object only the last stays, in its place, and an object that
 * was added and changed was added as it became. Bookmarks before the end tell nothing.
 */
export function coalesced(frames: readonly Frame[]): readonly Frame[] {
  const kept: { readonly type: string; readonly uid: string | undefined; readonly object: unknown }[] = [];
  for (const frame of frames) {
    const { type, object } = parseFrame(frame);
    const uid = object.metadata?.uid;
    const earlier = type === 'MODIFIED' ? kept.findIndex((other) => other.uid === uid && other.type !== 'DELETED') : -1;
    const overtaken = earlier < 0 ? [] : kept.splice(earlier, 1);
    kept.push({ type: overtaken[0]?.type ?? type, uid, object });
  }
  return kept
    .filter(({ type }, index) => type !== 'BOOKMARK' || index === kept.length - 1)
    .map(({ type, object }) => frameOf(type, object));
}
