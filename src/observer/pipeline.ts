import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { longestPipeline } from './limits.ts';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves the requests of a connection one after another, though Node's parser gives at once all that have come: a connection is
 * never more than one request in flight. Whoever sends more of them than usual clients do is no usual client.
 */
export function inTurn(serve: Serve): Serve {
  const lines = new WeakMap<Socket, number>();
  return (request, response) => {
    // Node gives a response its socket when those before it have ended.
    if (response.socket !== null) return serve(request, response);
    const { socket } = request;
    const length = (lines.get(socket) ?? 0) + 1;
    lines.set(socket, length);
    if (length > longestPipeline) return void socket.destroy();
    // Until its turn a body is kept in the chunks that it came in, which may have a byte each. A client that has its answer before Node
    // knows that it was sent waits but for the turn of the loop.
    if (request.headers['transfer-encoding'] !== undefined) {
      setImmediate(() => {
        if (response.socket === null) socket.destroy();
      });
    }
    response.once('socket', () => {
      lines.set(socket, (lines.get(socket) ?? 1) - 1);
      serve(request, response);
    });
  };
}
