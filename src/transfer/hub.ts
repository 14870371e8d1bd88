/** The Hugging Face Hub by its HTTP API, as the Hub's own client, huggingface_hub 2.4.0, asks it. */
import { isFields } from '../domain/canonical.ts';
import { type Answer, Asking, failureOfAsking } from './asking.ts';
import type { Transfer } from './command.ts';
import { type Failure, fault, mend } from './ends.ts';
import { quote } from './failures.ts';
import { quoted } from './folder.ts';
import { type Wording, wordingOf } from './words.ts';

/** A repository at a revision. */
export interface Repository {
  readonly kind: 'models' | 'datasets';
  /** With its organization. */
  readonly name: string;
  readonly revision: string;
}

/** A file of a commit. */
export interface HubFile {
  /** Within the repository. */
  readonly path: string;
  readonly size: number;
  /** The name of its contents: SHA-256 in the Hub's large storage, else what git calls them. */
  readonly hash: string;
}

/** Of a hash, in hexadecimal. */
export const digits = { large: 64, git: 40 };

const usual = 'https://huggingface.co';

/** All of a listing is in memory, and is read page by page, each of a thousand entries at the Hub. */
const mostNodes = 200_000;
const mostBytes = 32 * 1024 * 1024;

export function repositoryOf(authority: string): Repository {
  const at = authority.indexOf('@');
  const [kind, name] = authority.startsWith('datasets/')
    ? (['datasets', authority.slice(9, at)] as const)
    : (['models', authority.slice(0, at)] as const);
  return { kind, name, revision: authority.slice(at + 1) };
}

/** Asks for one repository. All that it asks for is below the endpoint, whatever the Hub answers. */
export class Hub {
  readonly #uri: string;
  readonly #repository: Repository;
  readonly #endpoint: string;
  readonly #asking: Asking;
  readonly #hasToken: boolean;
  readonly #wording: Wording;

  constructor(uri: string, repository: Repository, { settings, credentials, limits }: Transfer) {
    const token = { name: 'HF_TOKEN', value: credentials['HF_TOKEN'] };
    this.#uri = uri;
    this.#repository = repository;
    this.#endpoint = (settings.hf?.endpoint ?? usual).replace(/\/+$/, '');
    this.#asking = new Asking({ first: this.#endpoint, uri, token }, { settings, limits });
    this.#hasToken = token.value !== undefined;
    this.#wording = wordingOf(credentials, settings);
  }

  /** The commit that the revision is now. */
  async commit(stop: AbortSignal): Promise<string> {
    const { kind, name, revision } = this.#repository;
    const answer = await this.#json(`/api/${kind}/${name}/revision/${encodeURIComponent(revision)}?expand=sha`, stop);
    const sha = isFields(answer.value) ? answer.value['sha'] : undefined;
    if (typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha)) return sha;
    throw this.#strange();
  }

  /** All files of a commit below a path, or the one file there; none if there is nothing. */
  async files(commit: string, path: string, stop: AbortSignal): Promise<readonly HubFile[]> {
    if (path === '') return this.#filesIn(await this.#tree(commit, '', true, stop));
    const parent = path.split('/').slice(0, -1).join('/');
    const beside = await this.#tree(commit, parent, false, stop);
    const found = beside.find((node) => node.path === path);
    if (found === undefined) return [];
    if (!found.isFolder) return this.#filesIn([found]);
    const below = await this.#tree(commit, path, true, stop);
    if (below.some((node) => !node.path.startsWith(`${path}/`))) throw this.#strange();
    return this.#filesIn(below);
  }

  /** What the Hub sends of a file, from a byte on. */
  async file(commit: string, path: string, from: number, stop: AbortSignal): Promise<Answer> {
    const { kind, name } = this.#repository;
    const before = kind === 'datasets' ? '/datasets' : '';
    const range = from > 0 ? { range: `bytes=${from}-` } : {};
    return this.#answered(`${before}/${name}/resolve/${commit}/${inAddress(path)}`, range, stop);
  }

  /** What it means if no more comes of an answer. */
  failing(error: unknown): unknown {
    return failureOfAsking(error, this.#uri, this.#wording);
  }

  #filesIn(nodes: readonly TreeNode[]): readonly HubFile[] {
    return nodes.flatMap(({ isFolder, path, size, hash }) => {
      if (isFolder) return [];
      if (hash === undefined)
        throw mend(
          `What answers at ${this.#endpoint} for ${this.#uri} does not name ${quoted(path)} by a hash as the Hub does, so that nobody could check what comes: use another mirror (storage.hf.endpoint)`,
        );
      return [{ path, size, hash }];
    });
  }

  async #tree(commit: string, path: string, recursive: boolean, stop: AbortSignal): Promise<readonly TreeNode[]> {
    const { kind, name } = this.#repository;
    const place = `/api/${kind}/${name}/tree/${commit}${path === '' ? '' : `/${inAddress(path)}`}`;
    const nodes: TreeNode[] = [];
    let query = `?recursive=${recursive}&expand=false`;
    while (nodes.length <= mostNodes) {
      const { value, next } = await this.#json(`${place}${query}`, stop);
      if (!Array.isArray(value)) throw this.#strange();
      const read = value.map(nodeOf).filter((node) => node !== undefined);
      if (read.length < value.length) throw this.#strange();
      nodes.push(...read);
      if (next === undefined) return nodes;
      if (next === query || value.length === 0) throw this.#strange();
      query = next;
    }
    throw mend(`${this.#uri} has more than ${mostNodes} files and folders: name a path in it`);
  }

  async #json(
    place: string,
    stop: AbortSignal,
  ): Promise<{ readonly value: unknown; readonly next: string | undefined }> {
    const answer = await this.#answered(place, {}, stop);
    const text = await this.#textOf(answer);
    try {
      return { value: JSON.parse(text), next: nextQuery(answer.headers.link) };
    } catch {
      throw this.#strange();
    }
  }

  async #textOf({ body }: Answer): Promise<string> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes > mostBytes)
          throw mend(`What the Hub says of ${this.#uri} at once is too large (more than 32 MiB): name a path in it`);
        pieces.push(piece);
      }
    } catch (error) {
      throw this.failing(error);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  async #answered(place: string, headers: Readonly<Record<string, string>>, stop: AbortSignal): Promise<Answer> {
    const answer = await this.#asking.ask(`${this.#endpoint}${place}`, headers, stop).catch((error: unknown) => {
      throw this.failing(error);
    });
    if (answer.status === 200 || answer.status === 206) return answer;
    answer.body.destroy();
    throw this.#refusal(answer);
  }

  /** By the codes that the Hub sends beside the status, which alone says little: without a token, also what does not exist is 401. */
  #refusal({ status, headers, isOfFirst }: Answer): Failure {
    const { name, revision } = this.#repository;
    const [code = '', said] = [headers['x-error-code'], headers['x-error-message']].map((one) => one?.toString());
    const words = said === undefined ? `the Hub answered ${status}` : quote(this.#wording(said));
    if (!isOfFirst)
      return fault(`${this.#uri} cannot be read now: the server to which the Hub leads answered ${status}`);
    const token = this.#hasToken ? 'HF_TOKEN' : 'an HF_TOKEN';
    if (status === 408 || status === 416 || status === 429 || status >= 500)
      return fault(`${this.#uri} cannot be read now: ${words}`);
    if (code === 'GatedRepo')
      return mend(
        `${name} is gated: let the account of ${token} in the Secret of storage.secretRef accept its conditions on the page of the repository, and wait until that is granted: ${words}`,
      );
    if (code === 'RevisionNotFound') return mend(`${name} has no revision ${revision} at the Hub: ${words}`);
    if (code === 'EntryNotFound') return mend(`There is nothing at ${this.#uri}: ${words}`);
    if (said?.includes('Invalid credentials') === true)
      return mend(`HF_TOKEN of the Secret is not known to the Hub, or has expired, for ${this.#uri}: ${words}`);
    if (code === 'RepoNotFound' || status === 401 || status === 404)
      return mend(
        `There is no repository ${name} at the Hub, or it is private and ${this.#hasToken ? 'HF_TOKEN of the Secret may not read it' : 'storage.secretRef names no Secret with an HF_TOKEN'}, for ${this.#uri}: ${words}`,
      );
    if (status === 403) return mend(`HF_TOKEN of the Secret may not read ${this.#uri}: ${words}`);
    return mend(`${this.#uri} cannot be read: ${words}`);
  }

  #strange(): Failure {
    return fault(`What answers at ${this.#endpoint} for ${this.#uri} does so otherwise than the Hub`);
  }
}

interface TreeNode {
  readonly path: string;
  readonly size: number;
  readonly hash: string | undefined;
  readonly isFolder: boolean;
}

function nodeOf(value: unknown): TreeNode | undefined {
  if (!isFields(value)) return undefined;
  const { type, path, size = 0, oid, lfs } = value;
  if (typeof path !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
  const hash = isFields(lfs) ? hexOf(lfs['oid'], digits.large) : hexOf(oid, digits.git);
  return { path, size, hash, isFolder: type === 'directory' };
}

function hexOf(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length === length && /^[0-9a-f]+$/.test(value) ? value : undefined;
}

/** Of the address of the next page only what it asks for is taken: a mirror may name the Hub itself there, where no token goes. */
function nextQuery(link: string | string[] | undefined): string | undefined {
  const address = /<([^>]*)>\s*;\s*rel="?next"?/.exec(String(link ?? ''))?.[1];
  return address === undefined ? undefined : new URL(address, usual).search;
}

function inAddress(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
