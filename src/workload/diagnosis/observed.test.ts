import { expect, test } from '@jest/globals';
import { observedNamespace, observedPods } from '../../../test/builders/observed.ts';
import { written } from '../../api/message.ts';
import { findingOf, stillWaiting } from './index.ts';
import { told } from './words.ts';

const place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod', declared: ['get', 'proxy'] };
const source = { namespace: observedNamespace, selector: 'flyball.dev/attempt=fraud-1' };
const now = new Date('2026-11-30T10:59:00Z');

/** Reason, field, and what is told. */
const want: Readonly<Record<string, string>> = {
  disk: 'Evicted spec.resources.ephemeralStorage: the kubelet evicted the pod. Raise spec.resources.ephemeralStorage, or write what is large to a claim; the kubelet said: Pod ephemeral local storage usage exceeds the total limit of containers 50Mi',
  emptydir:
    'Evicted spec.pod.volumes: the kubelet evicted the pod. Raise the limit of volume own in spec.pod.volumes, or write less to it; the kubelet said: Usage of EmptyDir volume "own" exceeds the limit "50Mi"',
  'ephemeral-request':
    'Unschedulable spec.resources.ephemeralStorage: no node has enough ephemeral-storage, be it empty, for more than 10 minutes. Edit spec.resources.ephemeralStorage, or add nodes that have it: `kubectl describe nodes`; the scheduler said: Insufficient ephemeral-storage',
  extended:
    'Unschedulable spec.resources.extended: no node has 1 × rdma/hca, be it empty, for more than 10 minutes. Edit spec.resources.extended, or add nodes that have it: `kubectl describe nodes`; the scheduler said: Insufficient rdma/hca',
  'init-fails':
    'CommandFailed -: the command of container get ended with exit code 1. Read its log: `kubectl -n team logs init-fails-zfpxj -c get`; container get said: no route to data',
  'init-hangs':
    "InitRunning -: init container get runs and has not ended, and the pod's other containers start after it, for more than 10 minutes. See what it does: `kubectl -n team logs init-hangs-chffz -c get`",
  named:
    'RunAsRoot spec.pod.runAsUser: image localhost/named:1 runs as user nobody, of whom the kubelet cannot tell that it is not root, which the restricted Pod Security Standard forbids, for more than 10 minutes. Build it with a numeric USER such as 65532: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-claim':
    'ClaimMissing spec.pod.volumes: PersistentVolumeClaim absent does not exist, for more than 10 minutes. Create it: `kubectl -n team get pvc`',
  'no-class':
    'ClaimUnbound -: PersistentVolumeClaim no-class-csqmf-own is not bound to a volume, for more than 10 minutes. See why at the claim, and provide what it asks for: `kubectl -n team describe pvc no-class-csqmf-own`; the scheduler said: pod has unbound immediate PersistentVolumeClaims',
  'no-configmap':
    'PodNotSetUp -: the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False, for more than 10 minutes. See whether there is what it needs (ConfigMap absent), and its events: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-driver':
    'PodNotSetUp -: the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False, for more than 10 minutes. See whether there is what it needs (CSI driver secrets-store.csi.k8s.io), and its events: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-envfrom':
    'ConfigMapMissing spec.envFrom: ConfigMap absent does not exist, for more than 10 minutes. Create it: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-envfrom-secret':
    'SecretMissing spec.envFrom: Secret absent does not exist, for more than 10 minutes. Create it: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-image-volume':
    'ImagePullFailed spec.pod.volumes: image localhost/absent:1 of volume own cannot be pulled, for more than 10 minutes. Push it, or let the nodes read it, one of a private registry by a Secret in spec.pod.imagePullSecrets: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: failed to pull and unpack image "localhost/absent:1": failed to resolve image: failed to do request: Head "https://localhost/v2/absent/manifests/1": dial tcp 127.0.0.1:443: connect: connection refused',
  'no-key':
    'PodNotSetUp -: the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False, for more than 10 minutes. See whether there is what it needs (ConfigMap code with key absent.py), and its events: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'no-secret':
    'PodNotSetUp -: the kubelet has not set up the volumes and the sandbox of the pod: PodReadyToStartContainers is False, for more than 10 minutes. See whether there is what it needs (Secret absent), and its events: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'read-only':
    'CommandFailed -: the command ended with exit code 1. Read its log: `kubectl -n team logs read-only-zswzp -c main`; the container said: Traceback (most recent call last): File "<string>", line 1, in <module> OSError: [Errno 30] Read-only file system: \'/own/x\'',
  root: 'RunAsRoot spec.pod.runAsUser: image localhost/root:1 runs as root, which the restricted Pod Security Standard forbids, for more than 10 minutes. Build it with a numeric USER such as 65532: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  'root-init':
    'RunAsRoot spec.pod.runAsUser: image localhost/root:1 of container get runs as root, which the restricted Pod Security Standard forbids, for more than 10 minutes. Build it with a numeric USER such as 65532: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  selector:
    "Unschedulable spec.pod.nodeSelector: no node has the label pool=gpu, for more than 10 minutes. Edit spec.pod.nodeSelector, or add nodes that have it: `kubectl describe nodes`; the scheduler said: node(s) didn't match Pod's node affinity/selector",
  shm: 'OutOfMemory spec.resources.memory: the container was killed for lack of memory (OOMKilled), at its limit of 100Mi; what it keeps in /dev/shm counts as its memory. Raise spec.resources.memory or use less',
  'shm-full':
    'NoSpaceLeft -: the command ended with exit code 1. Make room in the claims that it writes to, or enlarge them; if it was /dev/shm, raise spec.pod.sharedMemory; if it was the node\'s own disk, the administrator has to act: `kubectl -n team logs shm-full-947vm -c main`; the container said: Traceback (most recent call last): File "<string>", line 3, in <module> OSError: [Errno 28] No space left on device',
  'sidecar-crashes':
    'CrashLooping -: container proxy crashed more than 2 times (Error, exit code 1). Read why: `kubectl -n team logs sidecar-crashes-bpf24 -c proxy --previous`; container proxy said: no config',
  'sidecar-never-starts':
    'NotReady spec.pod.sidecars: container proxy runs and counts as not started, so that the others wait: its startupProbe asks GET /ready of port 9000, for more than 10 minutes. See what it does: `kubectl -n team logs sidecar-never-starts-p8vpx -c proxy`',
  'sidecar-stubborn':
    'SidecarRunning spec.pod.sidecars: the command ended with exit code 0, and the pod ends once sidecar container proxy has: the kubelet asks it to, and kills it after 600 seconds, for more than 10 minutes. Let it end on SIGTERM: `kubectl -n team logs sidecar-stubborn-j9qss -c proxy`',
  taint:
    'Unschedulable spec.pod.tolerations: every node has a taint that the pod does not tolerate, for more than 10 minutes. Tolerate it in spec.pod.tolerations if the pod belongs there, or add nodes; the administrator tells its name to whom the nodes are not shown: `kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints`; the scheduler said: node(s) had untolerated taint(s)',
};

test('Every pod that was observed is told of', () => {
  expect(Object.keys(want).toSorted()).toEqual(Object.keys(observedPods).toSorted());
});

test.each(Object.entries(observedPods))('What is told of a pod with %s', (name, pod) => {
  const finding = findingOf([pod], place) ?? stillWaiting([pod], place, now);
  const message = finding && `${finding.reason} ${finding.field ?? '-'}: ${written(told(finding, source, now))}`;
  expect(message).toBe(want[name]);
});
