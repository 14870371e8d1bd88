import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../src/api/resource.ts';

/** What went wrong on a real cluster, as it was recorded there, with what people have to be told. */
export interface Fault {
  readonly title: string;
  /** What people ask about: `trun/fraud`. */
  readonly command: string;
  readonly now: string;
  readonly objects: readonly Resource[];
  /** As `FakeApiServer.logs`. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly expect: {
    /** Regular expressions that the answer has to match. */
    readonly cause: readonly string[];
    readonly actor: string;
    /** What mended it. */
    readonly fix: string;
  };
}

const folder = join(import.meta.dirname, '..', 'observed', 'faults');

/** By their names. */
export function recordedFaults(): (readonly [name: string, fault: Fault])[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => {
    const fault = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fault;
    return [file.replace('.json', ''), { ...fault, objects: fault.objects.map(inCore) }];
  });
}

/** The API server has each event in both of its APIs, and they were recorded in the newer one. */
function inCore(object: Resource): Resource {
  if (object.apiVersion !== 'events.k8s.io/v1') return object;
  const { regarding, note, deprecatedCount, deprecatedFirstTimestamp, deprecatedLastTimestamp, ...rest } =
    object as Resource & Readonly<Record<string, unknown>>;
  return {
    ...rest,
    apiVersion: 'v1',
    involvedObject: regarding,
    message: note,
    count: deprecatedCount,
    firstTimestamp: deprecatedFirstTimestamp,
    lastTimestamp: deprecatedLastTimestamp,
  } as Resource;
}
