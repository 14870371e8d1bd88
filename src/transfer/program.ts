import { tmpdir } from 'node:os';
import { oneLine } from '../api/text.ts';
import { remotePaths } from '../storage/remote.ts';
import { checkpoint } from './checkpoint.ts';
import { checkOutput, checkOutputFirst } from './checkoutput.ts';
import type { Command } from './command.ts';
import { mend, report } from './ends.ts';
import { failureOf } from './failures.ts';
import { fetch, verify } from './fetch.ts';
import type { Limits } from './limits.ts';
import { rcloneBy } from './rclone.ts';
import { restore } from './restore.ts';
import { save } from './save.ts';
import { credentialsOf, type Environment, settingsOf } from './settings.ts';

const commands: Readonly<Record<string, Command>> = {
  'check-output': checkOutput,
  fetch: checkOutputFirst(fetch),
  verify,
  restore: checkOutputFirst(restore),
  save,
  checkpoint,
};

/** What the program runs in. */
export interface Surroundings {
  readonly environment: Environment;
  readonly limits: Limits;
  /** Writes one line of the log. */
  readonly say: (line: string) => void;
  /** Aborted by SIGTERM. */
  readonly stop: AbortSignal;
}

/** How the program ends: its exit code, and what the kubelet keeps of it. */
export interface Ending {
  readonly code: number;
  readonly message: string;
}

/** Characters of a failure's sentence; the kubelet keeps 4,096 bytes. */
const longest = 1_000;

export async function run([name = '', ...words]: readonly string[], surroundings: Surroundings): Promise<Ending> {
  const { environment, limits, stop } = surroundings;
  const say = (line: string): void => surroundings.say(asPeopleKnow(line));
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw mend(`There is no command ${JSON.stringify(name)}.`);
    const settings = settingsOf(environment['FLYBALL_TRANSFER']);
    const credentials = credentialsOf(environment);
    const rclone = rcloneBy({ settings, credentials, limits, say, stop, path: environment['PATH'] ?? '' });
    const pod = { index: environment['JOB_COMPLETION_INDEX'], uid: environment['FLYBALL_POD_UID'] };
    const artifacts = await command(words, {
      settings,
      credentials,
      limits,
      rclone,
      pod,
      scratch: tmpdir(),
      say,
      stop,
    });
    return { code: 0, message: report(artifacts) };
  } catch (error) {
    if (stop.aborted) return { code: 143, message: 'It was told to end before it was done.' };
    const { exit, message } = failureOf(error);
    return { code: exit, message: cut(asPeopleKnow(oneLine(message))) };
  }
}

/** What lies in our volume people see elsewhere: `/flyball/output`. Part of a URI is none of these. */
function asPeopleKnow(words: string): string {
  return words.replace(ownPath, '/flyball/');
}

const ownPath = new RegExp(`(?<![^\\s"'(])${remotePaths.storage}/`, 'g');

function cut(words: string): string {
  return words.length <= longest ? words : `${words.slice(0, longest - 1).toWellFormed()}…`;
}
