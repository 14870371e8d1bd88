import type { ServerResponse } from 'node:http';
import { type Intercept, type ReceivedRequest, replyStatus } from './apiserver.ts';

interface Line {
  readonly time: string;
  readonly words: string | Buffer;
}

interface Log {
  readonly lines: Line[];
  readonly followers: Set<ServerResponse>;
}

/** The logs of pods as the API server passes them on: whole seconds to begin from, the last lines, what comes, what was before a restart. */
export class PodLogs {
  readonly #logs = new Map<string, Log>();
  readonly #refusals = new Map<string, { readonly code: number; readonly reason: string; times: number }>();
  /** What was asked for, as "fraud-1-train-abcde main follow since 2026-…". */
  readonly asked: string[] = [];

  /** Set as a server's `intercept`. */
  readonly intercept: Intercept = (request, response) => {
    const pod = /\/pods\/([^/]+)\/log$/.exec(request.path)?.[1];
    if (pod === undefined) return false;
    this.#serve(pod, request, response);
    return true;
  };

  /** A line that the container writes; whoever follows gets it. */
  write(pod: string, time: string, words: string | Buffer, container = 'main'): void {
    const { lines, followers } = this.#log(`${pod}/${container}`);
    lines.push({ time, words });
    for (const follower of followers) follower.write(bytesOf({ time, words }));
  }

  /** The container is restarted: what it wrote becomes the previous log. */
  restart(pod: string, container = 'main'): void {
    const log = this.#log(`${pod}/${container}`);
    this.#logs.set(`${pod}/${container}/previous`, { lines: log.lines.splice(0), followers: new Set() });
    this.end(pod, 'ended', container);
  }

  /** The stream of those who follow ends, or its connection breaks. */
  end(pod: string, how: 'ended' | 'cut', container = 'main'): void {
    const { followers } = this.#log(`${pod}/${container}`);
    for (const follower of followers) void (how === 'ended' ? follower.end() : follower.destroy());
    followers.clear();
  }

  /** So many times, or from now on. */
  refuse(pod: string, code: number, reason: string, times = Infinity): void {
    this.#refusals.set(pod, { code, reason, times });
  }

  /** How many follow a log at this moment. */
  followers(pod: string, container = 'main'): number {
    return this.#log(`${pod}/${container}`).followers.size;
  }

  #log(key: string): Log {
    const log = this.#logs.get(key) ?? { lines: [], followers: new Set() };
    this.#logs.set(key, log);
    return log;
  }

  #serve(pod: string, { query }: ReceivedRequest, response: ServerResponse): void {
    const [container, since, tail] = [query.get('container'), query.get('sinceTime'), query.get('tailLines')];
    const isFollowed = query.get('follow') === 'true';
    const isPrevious = query.get('previous') === 'true';
    const how = [isPrevious && 'previous', isFollowed && 'follow', since && `since ${since}`, tail && `tail ${tail}`];
    this.asked.push([pod, container, ...how.filter(Boolean)].join(' '));
    const refusal = this.#refusals.get(pod);
    if (refusal !== undefined && refusal.times > 0) {
      refusal.times -= 1;
      return replyStatus(response, refusal.code, refusal.reason);
    }
    const log = this.#log(`${pod}/${container}${isPrevious ? '/previous' : ''}`);
    const fresh = log.lines.filter(({ time }) => since === null || Date.parse(time) >= Date.parse(since));
    response.writeHead(200, { 'content-type': 'text/plain' }).flushHeaders();
    for (const line of tail === null ? fresh : fresh.slice(Math.max(0, fresh.length - Number(tail))))
      response.write(bytesOf(line));
    if (isFollowed) log.followers.add(response);
    else response.end();
  }
}

function bytesOf({ time, words }: Line): Buffer {
  return Buffer.concat([Buffer.from(`${time} `), Buffer.from(words), Buffer.from('\n')]);
}
