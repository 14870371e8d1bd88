import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IService } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../../api/kinds.ts';
import {
  attemptAnnotation,
  copiedLabels,
  defaultContainerAnnotation,
  jobController,
  label,
  managedBy,
} from '../../../api/labels.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { rendezvousPort } from '../stages/train/rendezvous.ts';
import { textDigest } from '../../../domain/digest.ts';
import { attemptName } from '../../../domain/versions.ts';
import { jobName, stageLabel } from './names.ts';
import { podOptionsOf, type Snapshot, snapshotText, snapshotVariable } from '../start/snapshot.ts';
import { deadlineOf, timeoutParts } from './timeout.ts';
import { defined } from '../../../api/defined.ts';
import { mainContainer } from '../../../workload/container.ts';
import { mainOf } from '../../../workload/origin.ts';
import { podMetadata } from '../../../workload/pod.ts';
import type { JobSpec, Stage } from '../stages/stage.ts';

/**
 * The POSTs that begin a stage, or begin it again; undefined if it is not declared. That of the Job comes last, and of two operators
 * one wins it: the Service of a gang goes before, so that its pods find each other from the start.
 */
export function creations(stage: Stage, run: ITrainingRun, snapshot: Snapshot, retry: number): Action[] | undefined {
  const job = stageJob(stage, run, snapshot, retry);
  if (job === undefined) return undefined;
  const service = stage.isGang?.(snapshot.recipe) ? [gangService(stage, run, snapshot, retry)] : [];
  return [
    ...service.map((object): Action => ({ type: 'Create', kind: serviceKind, object })),
    { type: 'Create', kind: jobKind, object: job },
  ];
}

/**
 * The Job of a stage, which carries the snapshot; undefined if the stage is not declared.
 * @param retry 0 for the first one.
 */
export function stageJob(stage: Stage, run: ITrainingRun, snapshot: Snapshot, retry: number): IJob | undefined {
  const spec = stage.job(run, snapshot, retry, snapshot.before ?? {});
  if (spec === undefined) return undefined;
  const metadata = metadataOf(stage, run, snapshot, retry);
  const labels = podLabels(stage, run, snapshot);
  const template = {
    ...spec.template,
    metadata: podMetadata(podOptionsOf(snapshot), labels, ownAnnotations(spec.template)),
  };
  const text = snapshotText(snapshot);
  const timeout = timeoutParts(deadlineOf(run, snapshot));
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, annotations: { [attemptAnnotation]: text, ...timeout.annotations } },
    spec: { ...spec, ...timeout.spec, template: withSnapshotDigest(template, textDigest(text)) },
  };
}

/** Of the Job a person may edit the annotation, but not the template. */
function withSnapshotDigest(template: JobSpec['template'], digest: string): JobSpec['template'] {
  if (template.spec === undefined) return template;
  const variable = { name: snapshotVariable, value: digest };
  const withVariable = (container: IContainer) =>
    container.name === mainContainer ? { ...container, env: [variable, ...(container.env ?? [])] } : container;
  const { containers, initContainers, ...spec } = template.spec;
  const all = defined({
    initContainers: initContainers?.map(withVariable),
    containers: containers.map(withVariable),
  });
  return { ...template, spec: { ...spec, ...all } };
}

/** Where another container comes after `main`, kubectl would show the log of that one. */
function ownAnnotations({ spec }: JobSpec['template']): Record<string, string> {
  const isShown = mainOf(spec?.containers) !== undefined;
  return isShown ? {} : { [defaultContainerAnnotation]: mainContainer };
}

/**
 * The headless Service that gives the pods of a gang their names, before they are ready: they meet in order to become it. It selects by our
 * label too, which a policy keeps from others: by the name of the Job alone a foreign pod could pass for the first of the gang.
 */
export function gangService(stage: Stage, run: ITrainingRun, snapshot: Snapshot, retry: number): IService {
  const metadata = metadataOf(stage, run, snapshot, retry);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { [jobController.jobName]: metadata.name, [label.managedBy]: managedBy },
      ports: [{ name: 'rendezvous', port: rendezvousPort }],
    },
  };
}

function metadataOf(stage: Stage, run: ITrainingRun, snapshot: Snapshot, retry: number) {
  const { namespace, name } = keyOf(run);
  return {
    name: jobName(attemptName(name, snapshot.number), stage.name, retry),
    namespace,
    labels: { ...copiedLabels(run.metadata?.labels), ...podLabels(stage, run, snapshot) },
    ownerReferences: [ownerReference(run)],
  };
}

function podLabels(stage: Stage, run: ITrainingRun, { number }: Snapshot): Record<string, string> {
  const { name } = keyOf(run);
  return {
    [label.managedBy]: managedBy,
    [label.trainingRun]: name,
    [label.attempt]: attemptName(name, number),
    [label.stage]: stageLabel(stage.name),
  };
}
