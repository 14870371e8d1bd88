import { expect, test } from '@jest/globals';
import { ill } from '../../../test/builders/ill.ts';
import { illTrainings } from '../../../test/builders/illtrainings.ts';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { written } from '../../api/message.ts';
import type { Owner } from './containers.ts';
import { findingOf, stillWaiting } from './index.ts';
import { told } from './words.ts';

const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'Tesla-T4' };
const output = { uri: 'pvc://models/fraud' };
const made = job(trainingRun({ spec: { accelerator, output } }));
const place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod' };
const source = { namespace: 'team', selector: 'flyball.dev/attempt=fraud-1' };
const now = new Date('2026-11-24T10:11:00Z');

/** Whose it is, and what is told of it. */
const want: Readonly<Record<keyof typeof illTrainings, readonly [Owner, string]>> = {
  'an injected init container failed': [
    'Injected',
    'the command of container setup ended with exit code 1; container setup was injected. Read its log: `kubectl -n team logs fraud-1-train-abcde -c setup`; container setup said: iptables: Permission denied',
  ],
  'an injected sidecar failed while the command went on': [
    'Injected',
    "the command of container mesh ended with exit code 7; the user's command ended with exit code 0; container mesh was injected. Read its log: `kubectl -n team logs fraud-1-train-abcde -c mesh`; container mesh said: no route",
  ],
  'nodes have the product, and a taint': [
    'User',
    "no node without the taint {nvidia.com/gpu: present} has the label nvidia.com/gpu.product=Tesla-T4, for more than 10 minutes. Edit spec.accelerator or spec.pod.tolerations, or add nodes that have it: `kubectl describe nodes`; the scheduler said: node(s) didn't match Pod's node affinity/selector, node(s) had untolerated taint {nvidia.com/gpu: present}",
  ],
  'no node has the product': [
    'User',
    "no node has the label nvidia.com/gpu.product=Tesla-T4, for more than 10 minutes. Edit spec.accelerator, or free or add nodes: `kubectl describe nodes`; the scheduler said: node(s) didn't match Pod's node affinity/selector",
  ],
  'all accelerators are taken': [
    'User',
    'no node has 8 × nvidia.com/gpu Tesla-T4 free, for more than 10 minutes. Edit spec.accelerator, or free or add nodes: `kubectl describe nodes`; the scheduler said: Insufficient nvidia.com/gpu',
  ],
  'nodes lack what is not understood': [
    'User',
    'no node takes the pod, for more than 10 minutes. See why: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the scheduler said: Too many pods, node(s) were unschedulable',
  ],
  "a claim's StorageClass does not exist": [
    'User',
    'PersistentVolumeClaim models is not bound to a volume, for more than 10 minutes. See why at the claim, and provide what it asks for: `kubectl -n team describe pvc models`; the scheduler said: pod has unbound immediate PersistentVolumeClaims',
  ],
  'a volume is on another node': [
    'User',
    "no node takes the pod, for more than 10 minutes. See why: `kubectl -n team describe pvc models`; the scheduler said: Insufficient cpu, node(s) didn't match PersistentVolume's node affinity",
  ],
  'a victim of a gang ended in the second of the culprit': [
    'User',
    'the command in pod 0 ended with exit code 1; in the same second it ended in pod 1 too. Read their logs: `kubectl -n team logs -l flyball.dev/attempt=fraud-1 -c main --prefix --tail 40`; the container in pod 0 said: ProcessGroupNCCL: connection closed by peer; the container in pod 1 said: KeyError: "target"',
  ],
  'a victim of a gang was killed after the culprit': [
    'User',
    'the command in pod 1 ended with exit code 3. Read its log: `kubectl -n team logs fraud-1-train-1-abcde -c main`; the container in pod 1 said: CUDA error: out of memory',
  ],
  'an injected sidecar hangs': [
    'Injected',
    'container mesh runs and counts as not started, so that the others wait: its startupProbe asks GET /healthz/ready of port 15021, for more than 10 minutes; container mesh was injected. See what it does: `kubectl -n team logs fraud-1-train-abcde -c mesh`',
  ],
  'an injected init container hangs': [
    'Injected',
    "init container setup runs and has not ended, and the pod's other containers start after it, for more than 10 minutes; container setup was injected. See what it does: `kubectl -n team logs fraud-1-train-abcde -c setup`",
  ],
  'an injected container has no image': [
    'Injected',
    'image registry/mesh:1 of container mesh cannot be pulled, for more than 10 minutes. Whoever adds container mesh to pods has to push it or let the nodes read it: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: failed to resolve reference: not found',
  ],
  'an injected container runs on after the command': [
    'Injected',
    'the command ended with exit code 0, and the pod does not end since container mesh runs on, for more than 10 minutes. Whoever adds container mesh to pods has to let it end, or make it a sidecar (an init container with restartPolicy Always): `kubectl -n team logs fraud-1-train-abcde -c mesh`',
  ],
  'a volume cannot be mounted, or a sandbox cannot start': [
    'User',
    'the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False, for more than 10 minutes. See its events: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  ],
  'an image cannot be inspected': [
    'User',
    'image registry/fraud-train:1 cannot be inspected (ImageInspectError), for more than 10 minutes. Solve what the kubelet says: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: Failed to inspect image "registry/main:1": input/output error',
  ],
  "an image's signature is not accepted": [
    'User',
    'image registry/fraud-train:1 is not accepted (SignatureValidationFailed), for more than 10 minutes. Solve what the kubelet says: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: image pull failed since the signature validation failed',
  ],
  'a registry is unavailable': [
    'User',
    'image registry/fraud-train:1 cannot be pulled (RegistryUnavailable), for more than 10 minutes. Solve what the kubelet says: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: registry is unavailable',
  ],
  'a command is not in the image': [
    'User',
    'the kubelet could not start the container. Correct spec.command or spec.args: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: exec: "trian": executable file not found in $PATH',
  ],
  'a pod has a scheduling gate': [
    'Injected',
    'the pod has the scheduling gate example.com/quota and gets no node until it is taken away, for more than 10 minutes. Whoever put it there has to take it away; see the pod: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  ],
  'a node is lost': [
    'User',
    'the pod is marked as not ready, though node gpu-1 last reported its containers as ready, for more than 10 minutes. See whether the node answers; if it is gone for good, the administrator has to delete it: `kubectl describe node gpu-1`',
  ],
  'a pod of a lost node has to go': [
    'User',
    'the pod has to go, and node gpu-1 does not confirm that it ended, for more than 10 minutes. See whether the node answers; if it is gone for good, the administrator has to delete it: `kubectl describe node gpu-1`',
  ],
};

test.each(Object.keys(want) as (keyof typeof want)[])('%s', (name) => {
  const pods = illTrainings[name]((status, more = {}, index) =>
    ill(status, { pod: podOf(made, status, index), ...more }),
  );
  const finding = findingOf(pods, place) ?? stillWaiting(pods, place, now);
  expect(finding && [finding.owner, written(told(finding, source, now))]).toEqual(want[name]);
  expect(finding?.since).toBeDefined();
});
