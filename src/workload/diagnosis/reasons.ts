import type { Reason } from '../../api/reason.ts';

/** What can be wrong with a pod, or what it can wait for. */
export const findingReasons = {
  CheckpointFailed: {
    meaning:
      'Checkpoints are not uploaded. The command goes on; if its pod is taken away, it begins again at the last one that was.',
    evidence: 'the last words of container checkpoint, which the condition quotes',
    actor: 'Author',
    remedy:
      'Correct checkpoint.uri, the Secret of spec.storage or its rights: docs/artifacts.md lists what stores say.',
  },
  ClaimMissing: {
    meaning: 'A PersistentVolumeClaim that the pod mounts does not exist.',
    evidence: "the scheduler's words in the pod's condition PodScheduled",
    actor: 'Author',
    remedy: 'Make the claim, or correct its name.',
  },
  ClaimUnbound: {
    meaning: 'A PersistentVolumeClaim of the pod has no volume yet: its StorageClass may not exist, or has no room.',
    evidence: 'the events of the claim',
    actor: 'Administrator',
    remedy: 'Give the claim a StorageClass that exists and has room.',
  },
  CommandFailed: {
    meaning: 'The command ended with an exit code that is not 0.',
    evidence: 'the log of the container, and the last words of it that the condition quotes',
    actor: 'Author',
    remedy: 'Read its log.',
  },
  CommandKilled: {
    meaning:
      'The command was killed, and the kubelet does not tell why; it may have been a lack of memory in one of its processes.',
    evidence: 'the log of the container, and its exit code 137',
    actor: 'Author',
    remedy: 'Read its log, and give it more memory if that was what it lacked.',
  },
  CommandNotStarted: {
    meaning:
      'The kubelet could not start the command: it is not in the image, it cannot be executed, or what it needs cannot be mounted.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: 'Correct the command, the image or the mounts.',
  },
  ConfigMapMissing: {
    meaning: 'A container reads a variable from a ConfigMap that does not exist.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: 'Make the ConfigMap, or correct its name.',
  },
  ContainerCreating: {
    meaning:
      'It is the turn of a container, and it has not started: its image may be pulled, or a volume may not be mounted.',
    evidence: 'the events of the pod',
    actor: 'Nobody',
  },
  ContainerFailed: {
    meaning: 'A container beside main ended with an error, and pods of Jobs do not start it again.',
    evidence: 'the log of that container',
    actor: 'Author',
    remedy: 'Read the log of that container.',
  },
  ContainerRefused: {
    meaning: 'The kubelet does not start a container for a reason that is not understood and therefore quoted.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: "Read the kubelet's words in the condition.",
  },
  ContainerStatusUnknown: {
    meaning: 'The kubelet lost sight of a container and does not know how it ended, as after a crash of its node.',
    evidence: 'the status of the container',
    actor: 'Administrator',
    remedy: 'See how its node fares.',
  },
  CrashLooping: {
    meaning: 'A container ends again and again and is started again each time.',
    evidence: 'the log of the container before its last restart',
    actor: 'Author',
    remedy: 'Read the log before its last restart.',
  },
  Evicted: {
    meaning: 'The kubelet threw the pod out: it took more than it asked for, or its node ran short of memory or disk.',
    evidence: "the kubelet's words in the status of the pod",
    actor: 'Author',
    remedy: 'Ask for as much memory and disk as it takes.',
  },
  FetchFailed: {
    meaning: 'A dataset, a model or a checkpoint could not be fetched, or is not what its digest says.',
    evidence: 'the last words of container fetch, which the condition quotes',
    actor: 'Author',
    remedy:
      'Correct the URI, the digest, the Secret of storage or its rights: docs/artifacts.md lists what stores say.',
  },
  Fetching: {
    meaning: 'What the pod reads is fetched from where it is stored, and its other containers start after that.',
    evidence: 'the log of container fetch, whose last line says how far it is',
    actor: 'Nobody',
  },
  ImagePullFailed: {
    meaning:
      'The kubelet does not get an image: it does not exist, the registry does not answer, or does not let the nodes read it.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: "Correct the image's name, or let the nodes read the registry: imagePullSecrets.",
  },
  InitRunning: {
    meaning: 'A container that has to end before the others start runs and has not ended.',
    evidence: 'the log of that container',
    actor: 'Nobody',
  },
  NoSpaceLeft: {
    meaning: 'The command ended since a disk, a claim or the shared memory was full.',
    evidence: 'the last words of the container',
    actor: 'Author',
    remedy: 'Ask for a larger volume, claim or sharedMemory.',
  },
  NodeLost: {
    meaning: 'The node does not tell any more how the pod fares, or does not confirm its end.',
    evidence: 'the conditions of the node and of the pod',
    actor: 'Administrator',
    remedy: 'See how the node fares. One that is gone for good is deleted.',
  },
  NotReady: {
    meaning: 'A container runs and does not answer its readinessProbe.',
    evidence: 'the log of the container, and the events of the pod',
    actor: 'Author',
    remedy: 'Read the log of the server, and try the path and the port of its probe.',
  },
  NotReported: {
    meaning: "The kubelet has not said anything about the pod's containers yet.",
    evidence: 'the pod and its node',
    actor: 'Nobody',
  },
  NotScheduled: {
    meaning: 'The scheduler has not said anything about the pod: it does not run, or the pod is left to another one.',
    evidence: 'the pod, which names its scheduler',
    actor: 'Administrator',
    remedy: 'See that the scheduler runs that the pod names.',
  },
  OutOfMemory: {
    meaning: 'A container was killed at its limit of memory, or since the node had none left.',
    evidence: 'the end of the container in the status of the pod (OOMKilled)',
    actor: 'Author',
    remedy: 'Give it more memory, or have it take less.',
  },
  OutputNotWritable: {
    meaning:
      'The place where the output shall go could not be written to, which was found out before the command was started: nothing was trained, and nothing is lost.',
    evidence: 'the last words of container check-output, or of the one that fetches, which the condition quotes',
    actor: 'Author',
    remedy: 'Correct output.uri, the Secret of spec.storage or its rights.',
  },
  PodFailed: {
    meaning: 'The pod failed for a reason that none of its containers tells.',
    evidence: "the kubelet's words in the status of the pod",
    actor: 'Administrator',
    remedy: "Read the kubelet's words in the condition, and see how the node fares.",
  },
  PodNotSetUp: {
    meaning: 'The pod has a node, and the kubelet has not set up its volumes and its network.',
    evidence: 'the events of the pod',
    actor: 'Author',
    remedy: 'Read the events of the pod: most often a Secret, a ConfigMap or a volume is missing.',
  },
  Restarting: {
    meaning:
      'A container ends again and again as it does when its livenessProbe is not answered, so that the kubelet may end it.',
    evidence: 'the events of the pod',
    actor: 'Author',
    remedy: 'Give the livenessProbe more time, or read the log of the server.',
  },
  RunAsRoot: {
    meaning:
      'The image runs as root, or as a user of whom the kubelet cannot tell that it is not root, which is forbidden.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: 'Set pod.runAsUser to the number of another user than 0.',
  },
  SaveFailed: {
    meaning: 'The training ended well, and its output could not be uploaded, so that nothing is registered.',
    evidence: 'the last words of container save, which the condition quotes',
    actor: 'Author',
    remedy:
      'Correct output.uri, the Secret of spec.storage or its rights, then set spec.rerunAt: the training begins anew.',
  },
  Saving: {
    meaning: 'The training has ended, and what it left is uploaded. The pod keeps its node until that is done.',
    evidence: 'the log of container save, whose last line says how far it is',
    actor: 'Nobody',
  },
  SchedulingGated: {
    meaning: 'Somebody put a scheduling gate on the pod, so that it gets no node until it is taken away.',
    evidence: 'spec.schedulingGates of the pod',
    actor: 'Administrator',
    remedy: 'Ask whoever set the gate, or take it away.',
  },
  SecretMissing: {
    meaning: 'A container reads a variable from a Secret that does not exist, or does not have the key.',
    evidence: "the kubelet's words in the status of the container",
    actor: 'Author',
    remedy: 'Make the Secret with that key, or correct its name.',
  },
  SidecarRunning: {
    meaning: 'The command has ended, and the pod does not end since another container of it runs on.',
    evidence: 'the log of that container',
    actor: 'Author',
    remedy: 'Have the container end when main does, or make it a native sidecar.',
  },
  Unschedulable: {
    meaning:
      'No node takes the pod at the moment: the scheduler says what they lack. It starts by itself once one can.',
    evidence: "the scheduler's words in the pod's condition PodScheduled",
    actor: 'Administrator',
    remedy: 'Free or add a node that has what the scheduler says is lacking, or ask for less.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type FindingReason = keyof typeof findingReasons;
