import { describe, expect, it } from '@jest/globals';
import { Connections } from './connections.ts';
import { stallTimeout } from './limits.ts';

const limits = { connections: 8, heads: 3, requests: 4, slow: 2, tunnels: 1 };

interface Played {
  bytesRead: number;
  bytesWritten: number;
  writableLength: number;
  destroyed: boolean;
  destroy(): never;
}

function playedSocket(): Played {
  const made = { bytesRead: 0, bytesWritten: 0, writableLength: 0, destroyed: false } as Played;
  made.destroy = () => {
    made.destroyed = true;
    return made as never;
  };
  return made;
}

function played() {
  const connections = new Connections(limits);
  const socket = () => {
    const made = playedSocket();
    connections.opened(made);
    return made;
  };
  /** A client whose request has begun: the request, and whether there was a place for it. */
  const requesting = (isPaused = false) => {
    const [made, request] = [socket(), { isPaused: () => isPaused }];
    return { made, request, isTaken: connections.begins(made, request) };
  };
  /** A client whose request waits for the server. */
  const asking = () => {
    const { made, request } = requesting();
    connections.waits(made, request, 'Server');
    return { made, request };
  };
  const idling = () => {
    const { made, request } = asking();
    connections.answered(made, request);
    return made;
  };
  return { connections, socket, requesting, asking, idling };
}

const gone = (sockets: readonly Played[]) => sockets.map(({ destroyed }) => destroyed);

describe('When there are too many connections', () => {
  it('the one that waits longest for its head goes first, though others idle or are served', () => {
    const { socket, idling, asking } = played();
    const others = [idling(), asking().made];
    const heads = Array.from({ length: 5 }, socket);
    expect(gone(heads)).toEqual([true, true, false, false, false]);
    expect(gone(others)).toEqual([false, false]);
  });

  it('of which none is for long without its head, the one that idles longest goes', () => {
    const { socket, idling } = played();
    const idle = Array.from({ length: 8 }, idling);
    const newest = [socket(), socket()];
    expect(gone(idle)).toEqual([true, true, false, false, false, false, false, false]);
    expect(gone(newest)).toEqual([false, false]);
  });

  it('and nobody idles, those in the middle of a request stay', () => {
    const { socket, asking } = played();
    const asked = Array.from({ length: 4 }, () => asking().made);
    const heads = Array.from({ length: 5 }, socket);
    expect(gone(asked)).toEqual([false, false, false, false]);
    expect(gone(heads)).toEqual([true, true, false, false, false]);
  });
});

describe('When there are too many connections on a port where every request has its place', () => {
  it('whoever comes takes the place of the one that has waited longest', () => {
    const connections = new Connections({ connections: 3, heads: 2, requests: 3, slow: 1, tunnels: 0 });
    const sockets = Array.from({ length: 5 }, () => {
      const made = playedSocket();
      connections.opened(made);
      const request = { isPaused: () => false };
      expect(connections.begins(made, request)).toBe(true);
      connections.waits(made, request, 'Server');
      return made;
    });
    expect(gone(sockets)).toEqual([true, true, false, false, false]);
  });
});

describe('When there are too many requests', () => {
  it('the next is refused, and those that wait for the server stay', () => {
    const { asking, requesting } = played();
    const asked = Array.from({ length: 4 }, () => asking().made);
    const { made, isTaken } = requesting();
    expect([isTaken, made.destroyed, ...gone(asked)]).toEqual([false, false, false, false, false, false]);
  });

  it('the one that waits longest for its client makes room, if many do', () => {
    const { asking, requesting } = played();
    const asked = asking().made;
    const sending = Array.from({ length: 3 }, () => requesting().made);
    expect(requesting().isTaken).toBe(true);
    expect(gone([asked, ...sending])).toEqual([false, true, false, false]);
  });

  it('a client that takes its answer slowly makes room like one that sends slowly', () => {
    const { connections, asking, requesting } = played();
    const [first, second, third] = [asking(), asking(), asking()];
    for (const { made, request } of [second, first]) connections.waits(made, request, 'Take');
    const sending = requesting().made;
    expect(requesting().isTaken).toBe(true);
    expect(gone([first.made, second.made, third.made, sending])).toEqual([false, true, false, false]);
  });

  it('the memory for answers that nobody takes has a limit of its own', () => {
    const { connections, asking } = played();
    const answered = [asking(), asking(), asking()];
    for (const { made, request } of answered) connections.waits(made, request, 'Take');
    expect(gone(answered.map(({ made }) => made))).toEqual([true, false, false]);
  });

  it('no client is cut off while few are slow', () => {
    const { asking, requesting } = played();
    const asked = [asking().made, asking().made];
    const sending = [requesting().made, requesting().made];
    expect(requesting().isTaken).toBe(false);
    expect(gone([...asked, ...sending])).toEqual([false, false, false, false]);
  });

  it('there is a place again when one has ended, or its client has left', () => {
    const { connections, asking, requesting } = played();
    const [first, second] = [asking(), asking(), asking(), asking()];
    connections.answered(first!.made, first!.request);
    expect(requesting().isTaken).toBe(true);
    expect(requesting().isTaken).toBe(false);
    connections.closed(second!.made);
    expect(requesting().isTaken).toBe(true);
  });

  it('an answer that ends when the next request of its client has begun ends only itself', () => {
    const { connections, asking, socket } = played();
    const [{ made, request }, next] = [asking(), { isPaused: () => false }];
    connections.begins(made, next);
    connections.answered(made, request);
    Array.from({ length: 8 }, socket);
    expect(made.destroyed).toBe(false);
  });

  it('WebSockets have places of their own', () => {
    const { connections, socket, requesting } = played();
    expect([connections.tunnels(socket()), connections.tunnels(socket())]).toEqual([true, false]);
    expect(requesting().isTaken).toBe(true);
  });
});

describe('A client that does nothing', () => {
  const later = 1 + stallTimeout;

  it('for long while its body is owed is given up, and not one that sends, however slowly', () => {
    const { connections, requesting } = played();
    const [silent, slow] = [requesting().made, requesting().made];
    connections.sweep(1);
    slow.bytesRead += 1;
    connections.sweep(later);
    expect(gone([silent, slow])).toEqual([true, false]);
    connections.sweep(later + stallTimeout);
    expect(slow.destroyed).toBe(true);
  });

  it('because the server does not read, or does not answer, is waited for', () => {
    const { connections, requesting, asking } = played();
    const waiting = [requesting(true).made, asking().made];
    for (const now of [1, later, 9 * later]) connections.sweep(now);
    expect(gone(waiting)).toEqual([false, false]);
  });

  it('with its answer is given up, and not one that takes it, however slowly', () => {
    const { connections, asking } = played();
    const [stuck, slow] = [asking().made, asking().made];
    for (const made of [stuck, slow]) Object.assign(made, { bytesWritten: 90, writableLength: 50 });
    connections.sweep(1);
    slow.writableLength = 49;
    connections.sweep(later);
    expect(gone([stuck, slow])).toEqual([true, false]);
  });
});

describe('When the pod is to go', () => {
  it('who idles is closed, and nobody who waits for the end of an answer, or has asked again', () => {
    const { connections, socket, requesting, asking, idling } = played();
    const [idle, again] = [idling(), idling()];
    const others = [socket(), requesting().made, asking().made, again];
    const idlers = connections.idle();
    connections.begins(again, { isPaused: () => false });
    connections.close(idlers);
    expect(gone([idle, ...others])).toEqual([true, false, false, false, false]);
  });
});
