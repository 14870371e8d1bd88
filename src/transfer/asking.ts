import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Transfer } from './command.ts';
import { Failure, mend } from './ends.ts';
import { failureBy } from './failures.ts';
import { isProxied } from './proxied.ts';
import { trusted } from './trust.ts';
import type { Wording } from './words.ts';

/** What a server answers, its body unread. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
  /** Whether the server that was asked says so itself, and not another one to which it leads. */
  readonly isOfFirst: boolean;
}

/** A key of the Secret. */
interface Token {
  readonly name: string;
  readonly value: string | undefined;
}

/** Who is asked. */
interface Asked {
  /** An address of the server that gets the token. */
  readonly first: string;
  /** The artifact, as people have written it. */
  readonly uri: string;
  readonly token: Token;
}

const mostRedirects = 10;

/** Asks one web server, and those to which it sends us. */
export class Asking {
  readonly #asked: Asked;
  readonly #proxy: Transfer['settings']['proxy'];
  readonly #direct: readonly [Agent, SecureAgent];
  readonly #byProxy: readonly [Agent, SecureAgent];
  readonly #stall: number;

  constructor(asked: Asked, { settings: { caCertificates, proxy }, limits }: Pick<Transfer, 'settings' | 'limits'>) {
    this.#asked = asked;
    this.#proxy = proxy;
    this.#stall = limits.stall;
    const certificates = caCertificates !== undefined && caCertificates !== '' && { ca: trusted(caCertificates) };
    const open = { keepAlive: true, ...certificates };
    const proxyEnv = { HTTP_PROXY: proxy?.url, HTTPS_PROXY: proxy?.url };
    this.#direct = [new Agent(open), new SecureAgent(open)];
    this.#byProxy = [new Agent({ ...open, proxyEnv }), new SecureAgent({ ...open, proxyEnv })];
  }

  /**
   * Follows redirects to other addresses, which have to be https. The token goes to the first server alone.
   * @param address where on that server.
   */
  async ask(address: string, headers: Readonly<Record<string, string>>, stop: AbortSignal): Promise<Answer> {
    const { origin } = new URL(this.#asked.first);
    const { uri, token } = this.#asked;
    if (/[^\x21-\x7e]/.test(token.value ?? ''))
      throw mend(
        `${token.name} of the Secret has a sign in it that no token has, such as a space or the end of a line, for ${uri}`,
      );
    let url = new URL(address);
    for (let count = 0; count <= mostRedirects; count += 1) {
      const isOfFirst = url.origin === origin;
      const own = isOfFirst && token.value !== undefined ? { authorization: `Bearer ${token.value}` } : {};
      const answer = await this.#once(url, { 'accept-encoding': 'identity', ...headers, ...own }, stop);
      const next = answer.headers.location;
      if (answer.status < 300 || answer.status >= 400 || next === undefined) return { ...answer, isOfFirst };
      answer.body.destroy();
      url = new URL(next, url);
      if (url.protocol !== 'https:' && url.origin !== origin)
        throw mend(`${uri} leads to an address without encryption, which is not read`);
    }
    throw mend(`${uri} leads from one address to the next without an end`);
  }

  #once(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Omit<Answer, 'isOfFirst'>> {
    const [agent, secureAgent] = isProxied(url, this.#proxy) ? this.#byProxy : this.#direct;
    const options = { headers, signal, timeout: this.#stall };
    return new Promise((resolve, reject) => {
      const asked =
        url.protocol === 'https:'
          ? secureRequest(url, { ...options, agent: secureAgent })
          : request(url, { ...options, agent });
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

/** What went wrong while a server was asked, or while what it sends came. */
export function failureOfAsking(error: unknown, uri: string, wording: Wording): unknown {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || name === 'AbortError') return error;
  return failureBy(wording(`${message} (${code})`), uri);
}
