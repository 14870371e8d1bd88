import type { Location } from '../storage/storage.ts';
import { Failure, fault, mend, Missing } from './ends.ts';
import { type Entry, entryOf } from './entry.ts';
import { failureBy, isUnidentified } from './failures.ts';
import type { Limits } from './limits.ts';
import { type Line, lineOf } from './log.ts';
import { Moved, type Watch } from './moved.ts';
import { type Further, patiently } from './patience.ts';
import { environmentOf } from './reach.ts';
import type { Credentials, TransferSettings } from './settings.ts';
import { started } from './started.ts';
import { type Store, storeOf } from './store.ts';
import { type Wording, wordingOf } from './words.ts';

/** A folder of this machine, by its absolute path, or a place in a store. */
export type Place = string | Location;

/**
 * Drives the program rclone. Each call tries again for as long as the limits say while the store is at fault, and throws a Failure in
 * plain words at the end of them, or at once if people have to mend it.
 */
export interface Rclone {
  /**
   * All files below a prefix, or the one object there; none if there is nothing.
   * @param hashed asks for hashes as well: a request more for each file of which the listing has none.
   */
  list(at: Location, hashed?: boolean): Promise<readonly Entry[]>;
  /** Copies what is below one place and not yet the same below the other. Deletes nothing. */
  copy(from: Place, to: Place, watch: Watch): Promise<void>;
  /** Writes a small object, whole or not at all. */
  write(text: string, at: Location): Promise<void>;
}

export interface RcloneOptions {
  readonly settings: TransferSettings;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Where rclone is looked for: PATH. */
  readonly path: string;
}

export function rcloneBy(options: RcloneOptions): Rclone {
  return new Driven(options);
}

/** One run of rclone. */
interface Run {
  readonly words: readonly string[];
  readonly at: Location;
  readonly store: Store;
  readonly input?: string;
  readonly onLine?: (line: string) => void;
  readonly onLog?: (line: Line) => void;
  /** Told each line of the log as it is. */
  readonly onText?: (text: string) => void;
  /** For how long it may make no progress. */
  readonly stall: number;
}

/** Of uploads a store may have to put the parts together, with nothing on the connection. */
const uploadStalls = 5;

class Driven implements Rclone {
  readonly #options: RcloneOptions;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #wording: Wording;
  /** Set once nobody was found to ask as: then what is public can still be read. */
  #anonymous = false;

  constructor(options: RcloneOptions) {
    this.#options = options;
    this.#environment = environmentOf(options);
    this.#wording = wordingOf(options.credentials, options.settings);
  }

  list(at: Location, hashed = false): Promise<readonly Entry[]> {
    const hash = hashed ? ['--hash', '--hash-type=md5'] : [];
    return this.#patiently(async () => {
      const entries: Entry[] = [];
      const onLine = (line: string): void => {
        const entry = entryOf(line);
        if (entry !== undefined) entries.push(entry);
      };
      try {
        await this.#lists([...listing, ...hash], at, { onLine });
      } catch (error) {
        throw error instanceof Missing ? await this.#whyMissing(at, error) : error;
      }
      return entries;
    });
  }

  async #lists(words: readonly string[], at: Location, tell: Pick<Run, 'onLine' | 'onText'>): Promise<void> {
    const store = this.#storeOf(at);
    await this.#run({ words: [...words, store.argument], at, store, ...tell, stall: this.#options.limits.stall });
  }

  /** rclone takes each 404 for a folder that is missing; the store's own words tell what it is, be it a key that nobody knows. */
  async #whyMissing(at: Location, missing: Missing): Promise<Failure> {
    let words: string | undefined;
    const onText = (text: string): void => {
      const [, code, message] = /<Code>([^<]*)<\/Code>.*?<Message>([^<]*)<\/Message>/s.exec(text) ?? [];
      if (code !== undefined) words = `${code}: ${message}`;
    };
    await this.#lists(['lsjson', '--max-depth=1', '--dump=responses'], at, { onText }).catch(() => undefined);
    return words === undefined ? missing : failureBy(`${this.#wording(words)} (directory not found)`, uriOf(at));
  }

  async copy(from: Place, to: Place, watch: Watch): Promise<void> {
    const at = typeof from === 'string' ? to : from;
    if (typeof at === 'string') throw mend('Nothing is copied from one folder to another.');
    const stall = this.#options.limits.stall * (from === at ? 1 : uploadStalls);
    const progress = new Moved(watch);
    await this.#patiently(async (further) => {
      const store = this.#storeOf(at);
      const argument = (place: Place): string => (typeof place === 'string' ? folder(place) : store.argument);
      const flags = from === at ? downloading : uploading;
      progress.again();
      const onLog = (line: Line): void => progress.log(line, further);
      await this.#run({ words: ['copy', ...flags, argument(from), argument(to)], at, store, onLog, stall });
    });
  }

  async write(text: string, at: Location): Promise<void> {
    await this.#patiently(async () => {
      const store = this.#storeOf(at);
      const stall = this.#options.limits.stall;
      await this.#run({ words: ['rcat', store.argument], at, store, input: text, stall });
    });
  }

  #storeOf(at: Location): Store {
    const { settings, credentials } = this.#options;
    return storeOf(at, { settings, credentials, anonymous: this.#anonymous });
  }

  async #patiently<T>(attempt: (further: Further) => Promise<T>): Promise<T> {
    return patiently(async (further) => {
      try {
        return await attempt(further);
      } catch (error) {
        if (!(error instanceof Unidentified) || this.#anonymous) throw error;
        this.#anonymous = true;
        return attempt(further);
      }
    }, this.#options);
  }

  async #run({ words, at, store, input = '', onLine, onLog, onText, stall }: Run): Promise<void> {
    const { stop, limits } = this.#options;
    const errors: string[] = [];
    const stalled = new AbortController();
    let watchdog = setTimeout(() => stalled.abort(), 2 * stall);
    const alive = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stalled.abort(), 2 * stall);
    };
    let seen = '';
    const code = await started({
      program: 'rclone',
      words: [...common(stall), ...words],
      environment: { ...this.#environment, ...store.environment },
      input,
      stop: AbortSignal.any([stop, stalled.signal]),
      grace: limits.stop,
      onLine: (text) => {
        alive();
        onLine?.(text);
      },
      onErrorLine: (text) => {
        const line = lineOf(text);
        if (line.state !== seen) alive();
        seen = line.state;
        if (line.error !== undefined) remember(errors, this.#wording(line.error));
        onLog?.(line);
        onText?.(text);
      },
    }).finally(() => clearTimeout(watchdog));
    stop.throwIfAborted();
    const uri = uriOf(at);
    if (stalled.signal.aborted) throw fault(`The store of ${uri} sent nothing for too long`);
    if (code !== 0) throw this.#failure(errors, uri, code);
  }

  /** What people have to mend comes first, whatever else went wrong because of it; else the last word. */
  #failure(errors: readonly string[], uri: string, code: number): Failure {
    const unidentified = errors.find(isUnidentified);
    if (unidentified !== undefined) return new Unidentified(failureBy(unidentified, uri).message);
    if (errors.length === 0) return fault(`rclone ended with ${code} and no word, for ${uri}`);
    const failures = errors.map((error) => failureBy(error, uri));
    const decisive = failures.find((failure) => failure.exit === 3 && !(failure instanceof Missing));
    const failure = decisive ?? failures.findLast((one) => one instanceof Missing) ?? failures.at(-1);
    if (decisive !== undefined && this.#anonymous) return mend(`${nobody(uri)}: ${decisive.message}`);
    return failure ?? fault(uri);
  }
}

class Unidentified extends Failure {
  constructor(message: string) {
    super(message, 3);
  }
}

function nobody(uri: string): string {
  return `There are no credentials for ${uri}, and everybody may not read it`;
}

/** The first and the last are the telling ones. */
function remember(errors: string[], error: string): void {
  if (errors.includes(error)) return;
  if (errors.length >= 50) errors.splice(25, 1);
  errors.push(error);
}

function uriOf({ scheme, authority, path }: Location): string {
  return `${scheme}://${authority}/${path}`;
}

function folder(path: string): string {
  if (!path.startsWith('/')) throw mend(`${JSON.stringify(path)} is no absolute path of a folder.`);
  return path;
}

function common(stall: number): readonly string[] {
  return [
    '--use-json-log',
    '--log-level=INFO',
    '--stats=1s',
    // Whole runs are tried again by us, who know what to say meanwhile and when to stop.
    '--retries=1',
    '--low-level-retries=10',
    '--contimeout=15s',
    `--timeout=${stall}ms`,
  ];
}

const listing = ['lsjson', '--recursive', '--files-only', '--no-mimetype', '--use-server-modtime'];

const downloading = [
  '--transfers=8',
  '--checkers=8',
  // One listing for all folders, instead of one for each.
  '--fast-list',
  // Else each object is asked for a time that its writer may have noted.
  '--use-server-modtime',
  '--no-update-dir-modtime',
  // The digest says more than what stores call a checksum, which with some kinds of encryption is none of the contents.
  '--ignore-checksum',
  // What is read ahead of eight files at once is memory that the disk does not wait for.
  '--buffer-size=0',
  '--multi-thread-streams=4',
];

const uploading = ['--transfers=4', '--checkers=8'];
