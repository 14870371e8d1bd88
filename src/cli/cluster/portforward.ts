import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import type { Connection } from '../../kube/connection.ts';
import type { Cluster } from './cluster.ts';

/** A port of a pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** The subprotocol that kubelets speak since WebSockets came to them: of each port two channels, for bytes and for what is wrong. */
const subprotocol = 'v4.channel.k8s.io';
const channels = { data: 0, error: 1 } as const;

/** Each channel begins with the number of the port. */
const headLength = 2;

/** Of bytes in one message: what the API server and the kubelet pass on, they hold. */
const longestMessage = 64 * 1024;

/** Of bytes that wait here to be sent. */
const mostWaiting = 1024 * 1024;

/** A WebSocket does not tell when it has sent something. */
const sendingInterval = 10;

/** Of the words of an error. */
const longestWords = 1024;

/** Why a port was not forwarded, as the API server or the kubelet says it. */
export class NotForwarded extends Error {
  override readonly name = 'NotForwarded';
  /** Whether the connection stood, so that something may have been sent. */
  readonly isOpen: boolean;

  constructor(message: string, isOpen: boolean) {
    super(message);
    this.isOpen = isOpen;
  }
}

/**
 * Opens a connection to a port of a pod, by the API server, as `kubectl port-forward` does, but without listening on a port here.
 * @throws NotForwarded if the API server does not let us; the stream fails with one if nothing listens on the port.
 */
export async function forwarded(
  { connect, agentOf }: Pick<Cluster, 'connect' | 'agentOf'>,
  at: PodPort,
  stop: AbortSignal,
): Promise<Duplex> {
  const connection = await connect();
  const headers = headersOf(connection);
  const agent = agentOf({ connect: { ...connection.tls }, allowH2: false });
  const socket = new WebSocket(addressOf(connection, at), {
    protocols: [subprotocol],
    headers,
    dispatcher: agent,
  });
  socket.binaryType = 'arraybuffer';
  const stream = new ForwardedPort(socket, () => void agent.destroy());
  const opening = new AbortController();
  try {
    const signal = AbortSignal.any([stop, opening.signal]);
    await Promise.race([once(socket, 'open', { signal }), failed(socket, signal)]);
    return stream;
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    opening.abort();
  }
}

function addressOf({ server }: Connection, { namespace, pod, port }: PodPort): URL {
  const url = new URL(server);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
  url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
  url.search = `ports=${port}`;
  return url;
}

/** A WebSocket would send several values of a header as one, and so several groups as the name of another. @throws NotForwarded if there are several. */
function headersOf({ headers }: Connection): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => {
    const [first = '', ...more] = [value].flat();
    if (more.length > 0)
      throw new NotForwarded(`a WebSocket bears one value of ${name}, not ${more.length + 1}`, false);
    return [name, first];
  });
  return Object.fromEntries(entries);
}

/** A WebSocket does not tell what the server answered instead of opening one. */
async function failed(socket: WebSocket, signal: AbortSignal): Promise<never> {
  await Promise.race([once(socket, 'error', { signal }), once(socket, 'close', { signal })]);
  throw new NotForwarded(
    'no WebSocket could be opened, which something between here and the API server may not let through',
    false,
  );
}

/** The bytes of one forwarded port. */
class ForwardedPort extends Duplex {
  readonly #socket: WebSocket;
  readonly #release: () => void;
  readonly #heads = new Set<number>();

  constructor(socket: WebSocket, release: () => void) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#release = release;
    socket.addEventListener('message', ({ data }) => this.#take(Buffer.from(data as ArrayBuffer)));
    socket.addEventListener('close', () => this.push(null));
    socket.addEventListener('error', () => this.push(null));
  }

  override _read(): void {
    // What comes is pushed: a WebSocket cannot be told to wait.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#send(chunk).then(() => done(), done);
  }

  /** What cannot be sent any more is left out: why, the other side has told. */
  async #send(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += longestMessage) {
      while (this.#isOpen && this.#socket.bufferedAmount > mostWaiting) await sleep(sendingInterval);
      if (!this.#isOpen) return;
      this.#socket.send(Buffer.concat([Buffer.from([channels.data]), bytes.subarray(at, at + longestMessage)]));
    }
  }

  get #isOpen(): boolean {
    return !this.destroyed && this.#socket.readyState === WebSocket.OPEN;
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.close();
    this.#release();
    done(error);
  }

  #take(message: Buffer): void {
    const [channel] = message;
    if (channel === undefined) return;
    let bytes = message.subarray(1);
    if (!this.#heads.has(channel)) {
      this.#heads.add(channel);
      bytes = bytes.subarray(headLength);
    }
    if (bytes.length === 0 || this.destroyed) return;
    if (channel === channels.data) this.push(bytes);
    else if (channel === channels.error) this.destroy(new NotForwarded(bytes.toString('utf8', 0, longestWords), true));
  }
}
