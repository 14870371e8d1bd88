import type { Location } from '../storage/storage.ts';
import { Failure, fault, mend, Missing } from './ends.ts';
import { type Entry, entryOf, nameOf } from './entry.ts';
import { anonymous, failureBy, isUnidentified } from './failures.ts';
import { common, downloading, listing, uploading } from './flags.ts';
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
  /** Names of what is right below a prefix: of folders, with a slash behind them, and of objects. */
  names(at: Location): Promise<readonly string[]>;
  /** Copies what is below one place and not yet the same below the other. Deletes nothing. */
  copy(from: Place, to: Place, watch: Watch, options?: CopyOptions): Promise<void>;
  /** The text of a small object. */
  read(at: Location): Promise<string>;
  /** Writes a small object, whole or not at all. */
  write(text: string, at: Location): Promise<void>;
  /** Removes one object, or all below a prefix. */
  remove(at: Location): Promise<void>;
  /** The same, for as long as somebody else says. */
  until(stop: AbortSignal): Rclone;
}

export interface CopyOptions {
  /** Names of files and folders that are passed over, where "*" stands for anything. */
  readonly skipped?: readonly string[];
  /** The size of the largest file, in bytes. */
  readonly largest?: number;
  /** A folder of the same store: what it has unchanged is copied there, and not sent. */
  readonly unchangedIn?: Location | undefined;
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
  readonly retries?: number;
}

/** Of uploads a store may have to put the parts together, with nothing on the connection. */
const uploadStalls = 5;

class Driven implements Rclone {
  readonly #options: RcloneOptions;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #wording: Wording;
  /** Set once nobody was found to ask as: then what is public can still be read. */
  #anonymous = false;
  /** Once somebody was found, it is a fault if nobody is. */
  #isIdentified = false;

  constructor(options: RcloneOptions, environment = environmentOf(options)) {
    this.#options = options;
    this.#environment = environment;
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
        await this.#asks([...listing, ...hash], at, { onLine });
      } catch (error) {
        throw error instanceof Missing ? await this.#whyMissing(at, error) : error;
      }
      return entries;
    });
  }

  async #asks(words: readonly string[], at: Location, tell: Pick<Run, 'onLine' | 'onText'>): Promise<void> {
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
    await this.#asks(['lsjson', '--max-depth=1', '--dump=responses'], at, { onText }).catch(() => undefined);
    return words === undefined ? missing : failureBy(`${this.#wording(words)} (directory not found)`, uriOf(at));
  }

  async copy(from: Place, to: Place, watch: Watch, options: CopyOptions = {}): Promise<void> {
    const at = typeof from === 'string' ? to : from;
    if (typeof at === 'string') throw mend('Nothing is copied from one folder to another.');
    const stall = this.#options.limits.stall * (from === at ? 1 : uploadStalls);
    const progress = new Moved(watch);
    await this.#patiently(async (further) => {
      const store = this.#storeOf(at);
      const argument = (place: Place): string => (typeof place === 'string' ? folder(place) : store.argument);
      const [flags, retries] = from === at ? [downloading, 3] : [uploading(options.largest ?? 0), 10];
      progress.again();
      const onLog = (line: Line): void => progress.log(line, further);
      const words = ['copy', ...flags, ...this.#flagsOf(options), argument(from), argument(to)];
      await this.#run({ words, at, store, onLog, stall, retries });
    });
  }

  async names(at: Location): Promise<readonly string[]> {
    return (await this.#linesOf(['lsjson', '--no-mimetype', '--no-modtime'], at)).flatMap(nameOf);
  }

  async read(at: Location): Promise<string> {
    return (await this.#linesOf(['cat'], at)).join('\n');
  }

  async remove(at: Location): Promise<void> {
    try {
      await this.#linesOf(['delete'], at);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
    }
  }

  until(stop: AbortSignal): Rclone {
    return new Driven({ ...this.#options, stop }, this.#environment);
  }

  async write(text: string, at: Location): Promise<void> {
    await this.#patiently(async () => {
      const store = this.#storeOf(at);
      const stall = this.#options.limits.stall;
      await this.#run({ words: ['rcat', store.argument], at, store, input: text, stall });
    });
  }

  #linesOf(words: readonly string[], at: Location): Promise<readonly string[]> {
    return this.#patiently(async () => {
      const lines: string[] = [];
      await this.#asks(words, at, { onLine: (line) => lines.push(line) });
      return lines;
    });
  }

  #flagsOf({ skipped = [], unchangedIn }: CopyOptions): readonly string[] {
    const names = skipped.flatMap((name) => [`--exclude=${name}`, `--exclude=${name}/**`]);
    return unchangedIn === undefined ? names : [...names, `--copy-dest=${this.#storeOf(unchangedIn).argument}`];
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
        if (this.#isIdentified) throw fault(error.message);
        this.#anonymous = true;
        return attempt(further);
      }
    }, this.#options);
  }

  async #run({ words, at, store, input = '', onLine, onLog, onText, stall, retries = 1 }: Run): Promise<void> {
    const { stop, limits } = this.#options;
    const errors: Told[] = [];
    const stalled = new AbortController();
    let watchdog = setTimeout(() => stalled.abort(), 2 * stall);
    const alive = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stalled.abort(), 2 * stall);
    };
    let seen = '';
    const code = await started({
      program: 'rclone',
      words: [...common(stall, retries), ...words],
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
        if (line.error !== undefined) {
          const object = line.about === undefined ? undefined : this.#wording(line.about);
          remember(errors, { words: this.#wording(line.error), object });
        }
        onLog?.(line);
        onText?.(text);
      },
    }).finally(() => clearTimeout(watchdog));
    stop.throwIfAborted();
    const uri = uriOf(at);
    if (stalled.signal.aborted) throw fault(`The store of ${uri} sent nothing for too long`);
    if (code !== 0) throw this.#failure(errors, uri, code);
    this.#isIdentified = !this.#anonymous;
  }

  /** What people have to mend comes first, whatever else went wrong because of it; else the last word. */
  #failure(errors: readonly Told[], uri: string, code: number): Failure {
    const unidentified = errors.find(({ words }) => isUnidentified(words));
    if (unidentified !== undefined) return new Unidentified(failureBy(unidentified.words, uri).message);
    if (errors.length === 0) return fault(`rclone ended with ${code} and no word, for ${uri}`);
    const failures = errors.map(({ words, object }) => failureBy(words, uri, object));
    const decisive = failures.find((failure) => failure.exit === 3 && !(failure instanceof Missing));
    const failure = decisive ?? failures.findLast((one) => one instanceof Missing) ?? failures.at(-1);
    if (decisive !== undefined && this.#anonymous)
      return mend(`${anonymous(uri, this.#options.credentials)}: ${decisive.message}`);
    return failure ?? fault(uri);
  }
}

/** An error as it was told, and the file that it is about. */
interface Told {
  readonly words: string;
  readonly object: string | undefined;
}

class Unidentified extends Failure {
  constructor(message: string) {
    super(message, 3);
  }
}

/** The first and the last are the telling ones. */
function remember(errors: Told[], error: Told): void {
  if (errors.some(({ words, object }) => words === error.words && object === error.object)) return;
  if (errors.length >= 50) errors.splice(25, 1);
  errors.push(error);
}

/** A place in a store, as people write it. */
export function uriOf({ scheme, authority, path }: Location): string {
  return `${scheme}://${authority}/${path}`;
}

function folder(path: string): string {
  if (!path.startsWith('/')) throw mend(`${JSON.stringify(path)} is no absolute path of a folder.`);
  return path;
}
