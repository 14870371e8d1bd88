import type { FeatureProfile, Signal } from '../api/types.ts';

/** What a revision's pod template tells its observer, as JSON in one variable. */
export interface ObserverConfiguration {
  readonly namespace: string;
  readonly modelDeployment: string;
  readonly revision: string;
  /** The port of the server on 127.0.0.1. */
  readonly upstreamPort: number;
  /** What the server speaks, where that matters to the observer. */
  readonly protocol?: string;
  readonly signals: readonly Signal[];
  /** By signal: what the training data looked like. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
}

/**
 * Reads the configuration from its JSON. The operator writes it, so anything unexpected is a fault of an installation:
 * @throws Error that names the field.
 */
export function parseObserverConfiguration(text: string): ObserverConfiguration {
  const value = parsed(text);
  return {
    namespace: textOf(value, 'namespace'),
    modelDeployment: textOf(value, 'modelDeployment'),
    revision: textOf(value, 'revision'),
    upstreamPort: portOf(value['upstreamPort']),
    ...(value['protocol'] !== undefined && { protocol: textOf(value, 'protocol') }),
    signals: listOf(value['signals']).map(signalOf),
    profile: recordOf(value['profile'] ?? {}, 'profile') as Readonly<Record<string, FeatureProfile>>,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text), 'the whole document');
  } catch (error) {
    throw wrong(`is no JSON object: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function signalOf(value: unknown, index: number): Signal {
  const record = recordOf(value, `signals[${index}]`);
  const { from, type } = record;
  if (from !== 'Request' && from !== 'Response') throw wrong(`signals[${index}].from is neither Request nor Response`);
  if (type !== 'Number' && type !== 'Category') throw wrong(`signals[${index}].type is neither Number nor Category`);
  return { name: textOf(record, 'name'), pointer: textOf(record, 'pointer'), from, type };
}

function textOf(record: Readonly<Record<string, unknown>>, field: string): string {
  const value = record[field];
  if (typeof value !== 'string') throw wrong(`${field} is no string`);
  return value;
}

function portOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535) return value;
  throw wrong('upstreamPort is no port number');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw wrong('signals is no list');
}

function recordOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(`${field} is no object`);
}

function wrong(what: string): Error {
  return new Error(
    `The observer's configuration (FLYBALL_OBSERVER) is not usable: ${what}. The operator writes it: are both of one version?`,
  );
}
