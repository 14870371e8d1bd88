/** What people and kubelets read of what an attacker wrote. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import { deployments, jobs, modelDeployments, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { group } from '../../../src/api/labels.ts';
import { commandsIn } from '../../../src/api/message.ts';
import type { Resource } from '../../../src/api/resource.ts';
import { events } from '../kinds.ts';
import { type Scene } from '../scene.ts';
import { actsOnTerminal } from '../terminal.ts';

type Container = { readonly env?: readonly { readonly name: string; readonly value?: string | undefined }[] };

export const containersOf = (scene: Scene): readonly Container[] =>
  [
    ...scene.history.list<IJob>(jobs).flatMap(({ spec }) => spec?.template.spec?.containers ?? []),
    ...scene.history
      .list<IDeployment>(deployments)
      .flatMap(({ spec }) => [
        ...(spec?.template.spec?.containers ?? []),
        ...(spec?.template.spec?.initContainers ?? []),
      ]),
  ] as readonly Container[];

/** A variable of ours in which the kubelet would put the value of another one. */
export const expands = (scene: Scene) => {
  const found = containersOf(scene)
    .flatMap(({ env = [] }) => env)
    .find(({ name, value = '' }) => name.startsWith('FLYBALL_') && /\$\(/.test(value.replaceAll('$$', '')));
  return found && `${found.name} is ${found.value}`;
};

/** All that the operator lets people read of a namespace: statuses, the registry and its events. */
const readable = (scene: Scene): readonly Resource[] =>
  [trainingRuns, modelDeployments, modelVersions, events].flatMap((kind) =>
    scene.history.list<Resource>(kind as never).filter(isOurs),
  );

/** The controllers of the cluster tell events too, in words of their own. */
function isOurs(object: Resource): boolean {
  const { reportingController } = object as { readonly reportingController?: string };
  return reportingController === undefined || reportingController.startsWith(group);
}

/** A text of those that acts on a terminal. */
export const onTerminal = (scene: Scene) => {
  for (const object of readable(scene)) {
    const { kind, metadata: _, ...rest } = object as Resource & { status?: unknown };
    const shown = kind === 'ModelVersion' || kind === 'Event' ? rest : rest.status;
    const found = actsOnTerminal(shown, kind);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A text between backticks that is none of the operator's commands. */
export const ownCommand = (scene: Scene) => {
  const texts = readable(scene).flatMap((object) =>
    stringsIn((object as { status?: unknown; note?: unknown }).status ?? (object as { note?: unknown }).note),
  );
  return texts.flatMap(commandsIn).find((command) => !command.startsWith('kubectl ') || command.includes('evil'));
};

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
