import { createServer, type AddressInfo, connect, type Socket } from 'node:net';

/** Stands before a store and lets bytes through, until it is told otherwise: what networks do to those who fetch and save. */
export interface Passage {
  /** As host:port: the store is reached here, too. */
  readonly address: string;
  /** Bytes that have come from the store, and bytes that have gone to it. */
  readonly carried: { readonly down: number; readonly up: number };
  /** Does something once, as soon as so many more bytes have come down and before any other does. Of several what was said last is done. */
  onceDown(bytes: number, act: () => void): void;
  /** Cuts every connection as soon as so many more bytes have come down. Later ones go through. */
  cutAfter(bytes: number): void;
  /** From now on nothing more goes through, in connections that stay open. */
  stall(): void;
  /** Cuts every connection and takes no more. */
  close(): void;
  /** Lets through again. */
  open(): void;
  stop(): Promise<void>;
}

type State = 'open' | 'stalled' | 'closed';

/** @param target host:port of what is behind. */
export async function startPassage(target: string, host = '127.0.0.1'): Promise<Passage> {
  const [, behind = '', port = ''] = /^(.*):([0-9]+)$/.exec(target) ?? [];
  const sockets = new Set<Socket>();
  const carried = { down: 0, up: 0 };
  let state: State = 'open';
  const never = { at: Infinity, act: () => {} };
  let moment = never;
  const onceDown = (bytes: number, act: () => void) => {
    moment = { at: carried.down + bytes, act };
  };
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const carry = (from: Socket, to: Socket, way: 'down' | 'up') => {
    from.on('data', (bytes: Buffer) => {
      if (state !== 'open') return;
      carried[way] += bytes.length;
      if (carried.down >= moment.at) {
        const { act } = moment;
        moment = never;
        act();
      }
      if (state !== 'open' || to.destroyed || to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('end', () => state === 'open' && to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      if (state === 'open') to.destroy();
    });
  };
  const server = createServer((near) => {
    if (state === 'closed') {
      near.destroy();
      return;
    }
    const far = connect(Number(port), behind);
    sockets.add(near).add(far);
    carry(far, near, 'down');
    carry(near, far, 'up');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    address: `${host}:${(server.address() as AddressInfo).port}`,
    carried,
    onceDown,
    cutAfter: (bytes) => onceDown(bytes, cut),
    stall: () => {
      state = 'stalled';
    },
    close: () => {
      state = 'closed';
      cut();
    },
    open: () => {
      // What was swallowed is lacking in these connections.
      if (state === 'stalled') cut();
      state = 'open';
    },
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
