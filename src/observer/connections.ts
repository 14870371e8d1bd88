import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from './limits.ts';
import { stallTimeout } from './limits.ts';

/**
 * What a connection waits for: for the head of its first request; for the rest of a body; for the client to take what there is of its
 * answer; for the server; for the next request; or it is no longer of HTTP.
 */
export type Waits = 'Head' | 'Body' | 'Take' | 'Server' | 'Idle' | 'Tunnel';

export type ClientSocket = Pick<Socket, 'bytesRead' | 'bytesWritten' | 'writableLength' | 'destroyed' | 'destroy'>;

interface Connection {
  waits: Waits;
  request: Pick<IncomingMessage, 'isPaused'> | undefined;
  /** Bytes that have gone either way when it was looked at, and when that was no longer the same. */
  moved: number;
  since: number;
}

/**
 * The connections of clients, in the order in which they began to wait. When there are too many, one is closed which loses least: of those
 * that have sent no request, if they are many, the one that has waited longest for its head; else the one that has idled longest. One that
 * is in the middle of its request is closed only if another request, or on a small port another client, takes its place.
 */
export class Connections {
  readonly #limits: Limits;
  readonly #all = new Map<ClientSocket, Connection>();
  readonly #waiting = {
    Head: new Set<ClientSocket>(),
    Body: new Set<ClientSocket>(),
    Take: new Set<ClientSocket>(),
    Server: new Set<ClientSocket>(),
    Idle: new Set<ClientSocket>(),
    Tunnel: new Set<ClientSocket>(),
  } as const satisfies Record<Waits, Set<ClientSocket>>;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  opened(socket: ClientSocket): void {
    this.#all.set(socket, { waits: 'Head', request: undefined, moved: 0, since: 0 });
    this.#waiting.Head.add(socket);
    const { Head, Body, Take, Server, Idle } = this.#waiting;
    if (Head.size > this.#limits.heads) this.#close(Head);
    else if (this.#all.size > this.#limits.connections) {
      this.#close([Idle, Body, Take, Server].find(({ size }) => size > 0) ?? Head);
    }
  }

  closed(socket: ClientSocket): void {
    const connection = this.#all.get(socket);
    if (connection === undefined) return;
    this.#waiting[connection.waits].delete(socket);
    this.#all.delete(socket);
  }

  /** The head of a request has come. False if there is no place for the request: it is to be refused. */
  begins(socket: ClientSocket, request: Connection['request']): boolean {
    const { Body, Take, Server } = this.#waiting;
    const slow = Body.size + Take.size;
    if (slow + Server.size >= this.#limits.requests) {
      if (slow <= this.#limits.slow) {
        this.#move(socket, 'Idle');
        return false;
      }
      this.#close(Body.size > Take.size ? Body : Take);
    }
    this.#move(socket, 'Body', request);
    return true;
  }

  /** For whom a request waits from now on. */
  waits(socket: ClientSocket, request: Connection['request'], whom: 'Take' | 'Server'): void {
    if (this.#all.get(socket)?.request !== request) return;
    this.#move(socket, whom, request);
    if (this.#waiting.Take.size > this.#limits.slow) this.#close(this.#waiting.Take);
  }

  /** The answer has ended. The next request may have begun before, if its client did not wait. */
  answered(socket: ClientSocket, request: Connection['request']): void {
    if (this.#all.get(socket)?.request === request) this.#move(socket, 'Idle');
  }

  /** The protocol is to be changed. False if there is no place for it. */
  tunnels(socket: ClientSocket): boolean {
    if (this.#waiting.Tunnel.size >= this.#limits.tunnels) return false;
    this.#move(socket, 'Tunnel');
    return true;
  }

  /** Gives up clients that have long neither sent what their request lacks nor taken what there is of their answer. */
  sweep(now: number): void {
    for (const waits of ['Body', 'Take', 'Server'] as const) {
      for (const socket of this.#waiting[waits]) {
        const connection = this.#all.get(socket);
        if (connection === undefined) continue;
        const moved = socket.bytesRead + socket.bytesWritten - socket.writableLength;
        // A server that does not read keeps its client from sending.
        const isOwed = socket.writableLength > 0 || (waits === 'Body' && connection.request?.isPaused() === false);
        if (!isOwed || connection.since === 0 || moved !== connection.moved) {
          connection.moved = moved;
          connection.since = now;
        } else if (now - connection.since >= stallTimeout) socket.destroy();
      }
    }
  }

  /** Those of clients that have all of their answer. */
  idle(): readonly ClientSocket[] {
    return [...this.#waiting.Idle];
  }

  /** Closes those of them that idle still, or again. */
  close(idle: readonly ClientSocket[]): void {
    for (const socket of idle) if (this.#waiting.Idle.has(socket)) socket.destroy();
  }

  #move(socket: ClientSocket, waits: Waits, request?: Connection['request']): void {
    const connection = this.#all.get(socket);
    if (connection === undefined) return;
    this.#waiting[connection.waits].delete(socket);
    this.#waiting[waits].add(socket);
    connection.waits = waits;
    connection.request = request;
    connection.since = 0;
  }

  /** Closes the one that has waited longest. */
  #close(waiting: Set<ClientSocket>): void {
    for (const socket of waiting) {
      this.closed(socket);
      socket.destroy();
      return;
    }
  }
}
