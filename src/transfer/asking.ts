import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request } from 'node:https';
import type { Transfer } from './command.ts';
import { mend } from './ends.ts';
import { trusted } from './trust.ts';

/** What a server answers, its body unread. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

const mostRedirects = 10;

/** Asks one web server, and those to which it sends us. */
export class Asking {
  readonly #uri: string;
  readonly #agent: SecureAgent;
  readonly #token: string | undefined;
  readonly #stall: number;
  readonly #stop: AbortSignal;

  constructor(uri: string, { settings: { caCertificates, proxy }, credentials, limits, stop }: Transfer) {
    this.#uri = uri;
    this.#token = credentials['HTTPS_BEARER_TOKEN'];
    this.#stall = limits.stall;
    this.#stop = stop;
    this.#agent = new SecureAgent({
      ...(caCertificates !== undefined && caCertificates !== '' && { ca: trusted(caCertificates) }),
      ...(proxy !== undefined && { proxyEnv: { HTTPS_PROXY: proxy.url, NO_PROXY: proxy.noProxy } }),
    });
  }

  /** Follows redirects to other https addresses. The token goes to the server alone that the URI names. */
  async ask(headers: Readonly<Record<string, string>>): Promise<Answer> {
    const first = new URL(this.#uri);
    let url = first;
    for (let count = 0; count <= mostRedirects; count += 1) {
      const own = url.origin === first.origin && this.#token !== undefined;
      const token = own ? { authorization: `Bearer ${this.#token ?? ''}` } : {};
      const answer = await this.#once(url, { 'accept-encoding': 'identity', ...headers, ...token });
      const next = answer.headers.location;
      if (answer.status < 300 || answer.status >= 400 || next === undefined) return answer;
      answer.body.destroy();
      url = new URL(next, url);
      if (url.protocol !== 'https:')
        throw mend(`${this.#uri} leads to an address without encryption, which is not read`);
    }
    throw mend(`${this.#uri} leads from one address to the next without an end`);
  }

  #once(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { agent: this.#agent, headers, signal: this.#stop, timeout: this.#stall });
      asked.on('response', (body) => {
        resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
      });
      // Also while the body comes: nothing for so long ends the connection.
      asked.on('timeout', () => asked.destroy(new Error('ETIMEDOUT: nothing came for too long')));
      asked.on('error', reject);
      asked.end();
    });
  }
}
