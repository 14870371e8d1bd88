import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { bookmarkFrame, type Frame, FrameSplitter, isBookmark, parseFrame } from './frames.ts';

export interface WatchOptions {
  readonly process: number;
  readonly plural: string;
  readonly source: Readable;
  readonly sink: ServerResponse;
  /** Where the watch begins. */
  readonly resourceVersion: string | undefined;
  /** What bookmarks are made of; undefined if the client wants none. */
  readonly bookmarks: { readonly apiVersion: string; readonly kind: string; readonly every: number } | undefined;
  /** Told of each event that is no bookmark before it is passed on, so that it can be tampered with. */
  readonly onEvent: (watch: WatchStream) => void;
  readonly onClose: (watch: WatchStream) => void;
}

/** One watch on its way from the API server to an operator, which can be tampered with while it flows. */
export class WatchStream {
  readonly process: number;
  readonly plural: string;
  readonly #options: WatchOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #pass: (frame: Frame) => void = (frame) => this.#write(frame);
  #settle: () => void = () => undefined;
  #turning: NodeJS.Timeout | undefined;
  /** What was held back and is still to come. */
  #held: Frame[] = [];
  #isSilent = false;
  #hasEnded = false;
  #isClosed = false;
  #wasQuiet = true;
  #last: Frame | undefined;

  constructor(options: WatchOptions) {
    this.process = options.process;
    this.plural = options.plural;
    this.#options = options;
    const { source, sink } = options;
    const splitter = new FrameSplitter();
    source.on('data', (piece: Buffer) => {
      for (const frame of splitter.split(piece)) this.#arrive(frame);
    });
    source.on('end', () => this.#afterEnd());
    source.on('error', () => this.cut());
    sink.on('close', () => this.#close());
    this.#bookmark();
  }

  /** Ends the watch as the API server does when its time is over. What is held back is lost. */
  end(): void {
    this.#held = [];
    this.#options.sink.end();
    this.#close();
  }

  /** Breaks the connection. */
  cut(): void {
    this.#options.sink.destroy();
    this.#close();
  }

  /** Sends a frame of the proxy's own and ends. */
  endWith(frame: Frame): void {
    this.#options.sink.write(frame);
    this.end();
  }

  /** The next frame breaks off in its middle, and with it the connection. */
  breakNextFrame(): void {
    this.#turn((frame) => {
      this.#pass = () => undefined;
      this.#options.sink.write(frame.subarray(0, Math.floor(frame.length / 2)), () => this.cut());
    });
  }

  /** Nothing comes any more, and the connection stays. */
  silence(): void {
    this.#turn(() => undefined);
    this.#isSilent = true;
    this.#held = [];
  }

  /** Holds everything back for a while, then passes on what `transform` makes of it. Bookmarks of the proxy go on. */
  hold(duration: number, transform: (frames: readonly Frame[]) => readonly Frame[] = (frames) => frames): void {
    const settle = (): void => {
      this.#held = [...transform(this.#held)];
      this.#flow();
    };
    this.#turn((frame) => this.#held.push(frame), settle, duration);
  }

  /** Delays each frame by `milliseconds`, for a while. */
  delay(milliseconds: number, duration: number): void {
    const pass = (frame: Frame): void => {
      this.#held.push(frame);
      this.#after(milliseconds, () => this.#writeHeld());
    };
    this.#turn(pass, () => this.#flow(), duration);
  }

  /** Stays this number of frames behind, for a while. */
  fallBehind(count: number, duration: number): void {
    const pass = (frame: Frame): void => {
      this.#held.push(frame);
      if (this.#held.length > count) this.#writeHeld();
    };
    this.#turn(pass, () => this.#flow(), duration);
  }

  /** Tells nothing for a while, and then ends with this frame: what happened meanwhile must be listed. */
  skip(duration: number, last: Frame): void {
    const drop = (): void => undefined;
    this.#turn(drop, () => this.endWith(last), duration);
  }

  /** Ends what is done to the watch, as if its time had come. A silent watch stays silent. */
  release(): void {
    clearTimeout(this.#turning);
    if (!this.#isClosed) this.#settle();
  }

  /** From now on `pass` has each frame, and after `duration`, if there is one, `settle` ends that. */
  #turn(pass: (frame: Frame) => void, settle: () => void = () => undefined, duration?: number): void {
    if (this.#isSilent || this.#isClosed) return;
    clearTimeout(this.#turning);
    this.#pass = pass;
    this.#settle = settle;
    if (duration !== undefined) this.#turning = setTimeout(() => this.release(), duration);
  }

  #writeHeld(): void {
    const frame = this.#held.shift();
    if (frame !== undefined) this.#write(frame);
  }

  #flow(): void {
    while (this.#held.length > 0) this.#writeHeld();
    this.#pass = (frame) => this.#write(frame);
    this.#settle = () => undefined;
    if (this.#hasEnded) this.end();
  }

  #arrive(frame: Frame): void {
    if (this.#isClosed) return;
    if (!isBookmark(frame)) this.#options.onEvent(this);
    this.#pass(frame);
  }

  #write(frame: Frame): void {
    if (this.#isClosed) return;
    this.#last = frame;
    this.#wasQuiet = false;
    this.#options.sink.write(frame);
  }

  #afterEnd(): void {
    this.#hasEnded = true;
    if (!this.#isSilent && this.#held.length === 0) this.end();
  }

  #bookmark(): void {
    const { bookmarks } = this.#options;
    if (bookmarks === undefined) return;
    const timer = setInterval(() => {
      const version = this.#wasQuiet && !this.#isSilent ? this.#version() : undefined;
      this.#wasQuiet = true;
      if (version === undefined) return;
      this.#options.sink.write(bookmarkFrame(bookmarks.apiVersion, bookmarks.kind, version));
    }, bookmarks.every);
    this.#timers.add(timer);
  }

  /** How far the client has been told. */
  #version(): string | undefined {
    if (this.#last !== undefined) return parseFrame(this.#last).object.metadata?.resourceVersion;
    const { resourceVersion } = this.#options;
    return resourceVersion === '' || resourceVersion === '0' ? undefined : resourceVersion;
  }

  #after(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#isClosed) act();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#turning);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#options.source.destroy();
    this.#options.onClose(this);
  }
}
