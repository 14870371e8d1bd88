/** A watch as the operator sees it. */
export class Watch {
  readonly status: number;
  /** What came, a line each; a line that broke off is the last. */
  readonly ended: Promise<'End' | 'Break'>;
  #received = '';
  #isOver = false;

  constructor(status: number, body: AsyncIterable<Buffer>) {
    this.status = status;
    this.ended = this.#read(body);
  }

  /** What has come so far: "ADDED one", "BOOKMARK 7", "ERROR 410", or what cannot be parsed as it is. */
  get frames(): readonly string[] {
    return this.#received
      .split('\n')
      .filter((line) => line !== '')
      .map(titleOf);
  }

  get isOpen(): boolean {
    return !this.#isOver;
  }

  /** Frames without the bookmarks that the proxy sends. */
  get changes(): readonly string[] {
    return this.frames.filter((frame) => !frame.startsWith('BOOKMARK'));
  }

  async #read(body: AsyncIterable<Buffer>): Promise<'End' | 'Break'> {
    try {
      for await (const piece of body) this.#received += piece.toString();
      return 'End';
    } catch {
      return 'Break';
    } finally {
      this.#isOver = true;
    }
  }
}

function titleOf(line: string): string {
  try {
    const { type, object } = JSON.parse(line) as {
      readonly type: string;
      readonly object: {
        readonly code?: number;
        readonly metadata: { readonly name?: string; readonly resourceVersion?: string };
      };
    };
    return `${type} ${object.code ?? object.metadata.name ?? object.metadata.resourceVersion}`;
  } catch {
    return line;
  }
}
