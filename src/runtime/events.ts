import { createHash } from 'node:crypto';
import type { Headline } from '../api/headline.ts';
import { group } from '../api/labels.ts';
import { keyOf, type Kind, type Resource, uidOf } from '../api/resource.ts';
import { plain } from '../api/text.ts';
import type { Controller, Parent, Status } from '../controller.ts';
import type { Client } from '../kube/client.ts';
import { microTime } from '../kube/clock.ts';
import { errorMessage, hasReason } from '../kube/errors.ts';
import type { Log } from '../kube/log.ts';
import { NotLeading } from './leader.ts';

const events: Kind = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events' };

/** Per episode (an attempt, a revision): two on the way and one for the outcome. */
const eventsPerEpisode = 3;

/** Episodes whose count is remembered. */
const episodesKept = 10_000;

/** Transitions that may wait to be told; beyond them the operator would hold more and more while the API server is slow. */
const mostWaiting = 10_000;

/** The API server's limit for an event's note, in bytes. */
const longestNote = 1_024;

/**
 * Tells people about changes of headlines. An event is named by its episode and its place in it, so that even a successor, which
 * does not know what was told, tells no more than that. The counts in memory spare the API server POSTs that it would refuse.
 * One is posted at a time: nobody waits for them, but the writes that somebody waits for would share the API server with them.
 */
export class EventRecorder {
  readonly #client: Client;
  readonly #log: Log;
  readonly #instance: string;
  readonly #now: () => Date;
  readonly #told = new Map<string, { readonly episode: string; readonly count: number }>();
  #telling: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(client: Client, instance: string, now: () => Date, log: Log) {
    this.#client = client;
    this.#instance = instance;
    this.#now = now;
    this.#log = log;
  }

  /**
   * Posts an event if the headline's reason or outcome changed from `before` to `after`, or another chapter began. Never throws; failures are logged.
   * Nothing here may hold on to the objects: in a burst thousands of events wait.
   */
  transition<P extends Parent>(controller: Controller<P, unknown>, before: P, after: P): Promise<void> {
    const old = headlineOf(controller, before);
    const headline = headlineOf(controller, after);
    const isNewChapter = headline?.chapter !== undefined && headline.chapter !== old?.chapter;
    const isNews = old?.outcome !== headline?.outcome || old?.reason !== headline?.reason || isNewChapter;
    return headline !== undefined && isNews ? this.#inTurn(referenceTo(after), old, headline) : Promise.resolve();
  }

  async #inTurn(about: Reference, old: Headline | undefined, headline: Headline): Promise<void> {
    if (this.#waiting >= mostWaiting) {
      this.#log.warn('Cannot post an event', { error: 'too many wait already' });
      return;
    }
    this.#waiting += 1;
    this.#telling = this.#telling.then(() => this.#tell(about, old, headline));
    await this.#telling;
  }

  async #tell(about: Reference, old: Headline | undefined, headline: Headline): Promise<void> {
    this.#waiting -= 1;
    let isTaken = true;
    while (isTaken) {
      const place = this.#takePlace(about.uid, old, headline);
      isTaken = place !== undefined && (await this.#isTaken(about, headline, place));
    }
  }

  #takePlace(uid: string, old: Headline | undefined, { episode, outcome }: Headline): number | undefined {
    const known = this.#told.get(uid);
    const place = known?.episode === episode ? known.count : toldBefore(old, episode);
    if (place >= (outcome === 'Open' ? eventsPerEpisode - 1 : eventsPerEpisode)) return undefined;
    this.#told.delete(uid);
    this.#told.set(uid, { episode, count: place + 1 });
    if (this.#told.size > episodesKept) this.#told.delete(this.#told.keys().next().value ?? uid);
    return place;
  }

  /** Posts, unless something else was told in that place. */
  async #isTaken(about: Reference, headline: Headline, place: number): Promise<boolean> {
    try {
      await this.#post(about, headline, place);
    } catch (error) {
      if (hasReason(error, 'AlreadyExists')) return true;
      if (!(error instanceof NotLeading)) this.#log.warn('Cannot post an event', { error: errorMessage(error) });
    }
    return false;
  }

  async #post(regarding: Reference, { episode, outcome, reason, message }: Headline, place: number): Promise<void> {
    const { namespace, name, uid } = regarding;
    const { apiVersion, kind } = events;
    const event = {
      apiVersion,
      kind,
      metadata: { namespace, name: `${name}.${hash(`${uid}/${episode}/${place}`)}` },
      regarding,
      type: outcome === 'Bad' ? 'Warning' : 'Normal',
      reason,
      note: shortened(plain(message)),
      action: 'Reconcile',
      reportingController: `${group}/operator`,
      reportingInstance: this.#instance,
      eventTime: microTime(this.#now()),
    };
    await this.#client.create<Resource>(events, event);
  }
}

/** Whom an event is about. */
interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string | undefined;
}

function referenceTo(object: Parent): Reference {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, ...keyOf(object), uid: uidOf(object), resourceVersion: metadata?.resourceVersion };
}

function headlineOf<P extends Parent>(controller: Controller<P, unknown>, parent: P): Headline | undefined {
  return parent.status && controller.headline(parent.status as Status<P>);
}

/** What must be assumed about an episode of which this process remembers nothing: that all but the last place are taken. */
function toldBefore(old: Headline | undefined, episode: string): number {
  return old?.episode === episode ? eventsPerEpisode - 1 : 0;
}

function hash(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}

function shortened(message: string): string {
  const bytes = Buffer.from(message);
  return bytes.length <= longestNote
    ? message
    : `${bytes
        .subarray(0, longestNote - 6)
        .toString()
        .replace(/\uFFFD+$/, '')}…`;
}
