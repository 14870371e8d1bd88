import type { IContainerStatus, IPod } from 'kubernetes-models/v1';
import { defined } from '../../src/api/defined.ts';

type PodStatus = NonNullable<IPod['status']>;
type State = NonNullable<IContainerStatus['state']>;

/** The containers of a pod whose model is saved when its training has ended. */
export interface SavedStates {
  readonly fetch?: State;
  readonly main?: State;
  readonly save?: State;
}

const initializing: State = { waiting: { reason: 'PodInitializing' } };

/** What the kubelet says of a pod whose `main` is its last init container; what is not named waits for its turn. */
export function savedPod(
  phase: NonNullable<PodStatus['phase']>,
  { fetch, main = initializing, save = initializing }: SavedStates,
): PodStatus {
  return {
    phase,
    initContainerStatuses: [...(fetch === undefined ? [] : [statusOf('fetch', fetch)]), statusOf('main', main)],
    containerStatuses: [statusOf('save', save)],
  };
}

export function ran(exitCode: number, finishedAt?: string, message?: string): State {
  return { terminated: defined({ exitCode, finishedAt, message }) };
}

export function runs(startedAt = '2026-11-24T10:01:00Z'): State {
  return { running: { startedAt } };
}

/** What a container of ours leaves that has fetched or saved these folders. */
export function measured(...artifacts: readonly { readonly path: string; readonly digest: string }[]): string {
  return JSON.stringify({ artifacts: artifacts.map((one) => ({ ...one, bytes: 2048, files: 2 })) });
}

function statusOf(name: string, state: State): IContainerStatus {
  const image = `registry/${name}:1`;
  return { name, image, imageID: `${image}@sha256:1f`, ready: false, restartCount: 0, state };
}
