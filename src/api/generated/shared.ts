// Generated from crds/*.yaml by `npm run generate`. Do not edit.

/** A decimal number: an integer, or a string such as "0.95", so that no digit is lost. */
export type Decimal = string | number;

export type ArtifactURI = string;
export type ImageReference = string;
export type OutputURI = string;

/**
 * One environment variable.
 *
 */
export interface EnvironmentVariable {
  /**
   * The name of the variable. Names that begin with FLYBALL_ are the operator's.
   */
  name: string;
  /**
   * The value. As in a pod, $(NAME) stands for the variable NAME, if that is set by the operator or comes earlier in this list; write $$(NAME) for the text itself.
   */
  value?: string;
  /**
   * Takes the value from a Secret of the same namespace instead. The kubelet reads it; the operator does not.
   */
  secretKeyRef?: {
    /**
     * The name of the Secret.
     */
    name: string;
    /**
     * The key in the Secret.
     */
    key: string;
  };
}
/**
 * One source.
 *
 */
export interface EnvironmentSource {
  /**
   * What comes before each key. Nothing by default.
   */
  prefix?: string;
  /**
   * A ConfigMap of the same namespace.
   */
  configMapRef?: {
    /**
     * The name of the ConfigMap.
     */
    name: string;
  };
  /**
   * A Secret of the same namespace. The kubelet reads it; the operator does not.
   */
  secretRef?: {
    /**
     * The name of the Secret.
     */
    name: string;
  };
}
/**
 * What the scheduler sets aside for the container, where that is less than it may take. As much as it may take by default.
 *
 */
export interface ComputeResources {
  /**
   * Processors in cores, such as "4" or "500m", from "10m" to "4096". A fraction needs quotation marks, as "0.5".
   */
  cpu?: string | number;
  /**
   * Main memory in bytes, such as "16Gi", at least "8Mi".
   */
  memory?: string | number;
}
/**
 * What the container gets of each node, as request and limit alike. By default neither is set, and the namespace's LimitRange applies.
 *
 */
export interface ContainerResources {
  /**
   * Processors in cores, such as "4" or "500m", from "10m" to "4096". A fraction needs quotation marks, as "0.5".
   */
  cpu?: string | number;
  /**
   * Main memory in bytes, such as "16Gi", at least "8Mi".
   */
  memory?: string | number;
  /**
   * What the container may write to the disk of its node, logs included, such as "200Gi". Unbounded by default.
   */
  ephemeralStorage?: string | number;
  /**
   * Further extended resources, at most 8, such as rdma/hca: "1". None by default.
   */
  extended?: {
    [k: string]: string | number;
  };
  /**
   * What the scheduler sets aside for the container, where that is less than it may take. As much as it may take by default.
   */
  requests?: ComputeResources;
}
/**
 * The accelerators that each replica gets. None by default.
 *
 */
export interface Accelerator {
  /**
   * The extended resource that the device plugin advertises, such as nvidia.com/gpu. Either this or profile.
   */
  resource?: string;
  /**
   * How many devices each replica gets.
   */
  count: number;
  /**
   * The model of device, as the node label <resource>.product names it, such as NVIDIA-H100-80GB-HBM3. Any by default.
   */
  product?: string;
  /**
   * A hardware profile that the platform team has written down in the values of the chart, such as h100, instead of resource and product. None by default.
   */
  profile?: string;
}
/**
 * What artifacts are fetched into, and what is to be saved is written to. An emptyDir by default.
 *
 */
export interface StorageVolume {
  /**
   * An empty folder of the node, which goes with the pod. May be {}.
   */
  emptyDir?: {
    /**
     * How much it may hold, such as "100Gi". As much as the node has by default.
     */
    sizeLimit?: string | number;
  };
  /**
   * A PersistentVolumeClaim of each pod, which goes with it.
   */
  ephemeral?: {
    /**
     * How much it holds, such as "100Gi".
     */
    size: string | number;
    /**
     * Its storage class. The cluster's default one by default.
     */
    storageClassName?: string;
  };
  /**
   * A PersistentVolumeClaim that many pods share as a cache: what has a digest is fetched once, into the folder flyball-cache/<the digest in hexadecimal> of it, and what has none into an emptyDir. Nothing is removed from it.
   */
  claimName?: string;
}
/**
 * How artifacts of other stores than claims are reached and where they are kept in the pod. By default with the identity of the ServiceAccount, in an emptyDir.
 *
 */
export interface StorageOptions {
  /**
   * The Secret of the same namespace whose keys are the credentials, as variables of the containers that fetch and save alone: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION; GOOGLE_SERVICE_ACCOUNT_JSON; AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, or AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_TENANT_ID; HTTPS_BEARER_TOKEN; HF_TOKEN. The kubelet reads it; the operator does not. By default none.
   */
  secretRef?: {
    /**
     * The name of the Secret.
     */
    name: string;
  };
  /**
   * What artifacts are fetched into, and what is to be saved is written to. An emptyDir by default.
   */
  volume?: StorageVolume;
}
/**
 * One Secret.
 *
 */
export interface PullSecret {
  /**
   * The name of the Secret.
   */
  name: string;
}
/**
 * One taint that is tolerated.
 *
 */
export interface Toleration {
  /**
   * The key of the taint. With operator Exists it may be left out: every taint.
   */
  key?: string;
  /**
   * Exists, or Equal, which compares the value. Equal by default.
   */
  operator?: 'Exists' | 'Equal';
  /**
   * The value of the taint. Empty by default.
   */
  value?: string;
  /**
   * The effect of the taint. Any by default.
   */
  effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * How long a taint with NoExecute is tolerated, in seconds. For ever by default.
   */
  tolerationSeconds?: number;
}
/**
 * One requirement on a label.
 *
 */
export interface NodeRequirement {
  /**
   * The key of the label.
   */
  key: string;
  /**
   * How the value is compared.
   */
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  /**
   * The values, at most 32. None for Exists and DoesNotExist.
   */
  values?: string[];
}
/**
 * Requirements that a node has to meet all of.
 *
 */
export interface NodeSelectorTerm {
  /**
   * The requirements, at most 8.
   */
  matchExpressions: NodeRequirement[];
}
/**
 * Which pods are meant, by their labels.
 *
 */
export interface PodSelector {
  /**
   * Labels that a pod has to have, at most 8.
   */
  matchLabels: {
    [k: string]: string;
  };
}
/**
 * Near which pods.
 *
 */
export interface PodAffinityTerm {
  /**
   * Which pods are meant, by their labels.
   */
  labelSelector: PodSelector;
  /**
   * The label by which nodes are told apart, such as kubernetes.io/hostname.
   */
  topologyKey: string;
}
/**
 * One way to spread.
 *
 */
export interface TopologySpreadConstraint {
  /**
   * By how many pods places may differ.
   */
  maxSkew: number;
  /**
   * The label by which nodes are told apart, such as kubernetes.io/hostname.
   */
  topologyKey: string;
  /**
   * What happens to a pod that cannot be spread.
   */
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  /**
   * Which pods are meant, by their labels.
   */
  labelSelector: PodSelector;
}
/**
 * One key.
 *
 */
export interface KeyToPath {
  /**
   * The key.
   */
  key: string;
  /**
   * The file that it becomes, relative to the volume.
   */
  path: string;
}
/**
 * One volume: a name, one source, and where main sees it.
 *
 */
export interface PodVolume {
  /**
   * Its name.
   */
  name: string;
  /**
   * Where main sees it. By default nowhere: it is for the containers that name it in volumeMounts.
   */
  mountPath?: string;
  /**
   * The folder or file of the volume that is mounted. All of it by default.
   */
  subPath?: string;
  /**
   * Whether main cannot write to it. false by default; ConfigMaps, Secrets and images cannot be written to in any case.
   */
  readOnly?: boolean;
  /**
   * The files of a ConfigMap of the same namespace.
   */
  configMap?: {
    /**
     * The name of the ConfigMap.
     */
    name: string;
    /**
     * Which keys become which files, at most 16. By default each key a file of its name.
     */
    items?: KeyToPath[];
  };
  /**
   * The files of a Secret of the same namespace. The kubelet reads it; the operator does not.
   */
  secret?: {
    /**
     * The name of the Secret.
     */
    secretName: string;
    /**
     * Which keys become which files, at most 16. By default each key a file of its name.
     */
    items?: KeyToPath[];
  };
  /**
   * An empty folder of the node, which goes with the pod. May be {}.
   */
  emptyDir?: {
    /**
     * How much it may hold, such as "100Gi". As much as the node has by default.
     */
    sizeLimit?: string | number;
    /**
     * Memory: it is kept in memory, which counts for the containers that write it. The disk by default.
     */
    medium?: 'Memory';
  };
  /**
   * A PersistentVolumeClaim of the same namespace.
   */
  claimName?: string;
  /**
   * A PersistentVolumeClaim of its own for each pod, which goes with it.
   */
  ephemeral?: {
    /**
     * How much it holds, such as "500Gi".
     */
    size: string | number;
    /**
     * Its StorageClass. The default one of the cluster by default.
     */
    storageClassName?: string;
  };
  /**
   * The files of an image, read-only. Kubernetes 1.35 or newer.
   */
  image?: {
    /**
     * The image.
     */
    reference: string;
  };
  /**
   * A volume that a CSI driver makes for the pod.
   */
  csi?: {
    /**
     * The driver, such as secrets-store.csi.k8s.io.
     */
    driver: string;
    /**
     * What the driver is told, at most 16 attributes. Nothing by default.
     */
    volumeAttributes?: {
      [k: string]: string;
    };
    /**
     * The Secret that the driver is given. None by default.
     */
    nodePublishSecretRef?: {
      /**
       * The name of the Secret.
       */
      name: string;
    };
  };
}
/**
 * A volume of pod.volumes, as this container sees it.
 *
 */
export interface VolumeMount {
  /**
   * Its name in pod.volumes.
   */
  name: string;
  /**
   * Where.
   */
  mountPath: string;
  /**
   * The folder or file of the volume that is mounted. All of it by default.
   */
  subPath?: string;
  /**
   * Whether it cannot be written to. false by default; ConfigMaps, Secrets and images cannot be in any case.
   */
  readOnly?: boolean;
}
/**
 * A container beside main.
 *
 */
export interface PodContainer {
  /**
   * Its name.
   */
  name: string;
  /**
   * Its image.
   */
  image: ImageReference;
  /**
   * The entry point of the container. By default that of the image.
   */
  command?: string[];
  /**
   * The arguments of the entry point. By default those of the image.
   */
  args?: string[];
  /**
   * Environment variables of the container, at most 32. None by default.
   */
  env?: EnvironmentVariable[];
  /**
   * What the container gets of the node, as request and limit alike. By default neither is set, and the namespace's LimitRange applies.
   */
  resources?: ComputeResources;
  /**
   * The volumes of the pod that it sees, at most 16. None by default.
   */
  volumeMounts?: VolumeMount[];
}
/**
 * Where and as whom the pods run, and what else they have. Nothing of it by default.
 *
 */
export interface PodOptions {
  /**
   * The user that the containers of people run as, by number. That of the image by default, which must be a number other than 0: images whose user is root or a name need this field.
   */
  runAsUser?: number;
  /**
   * The group that they run as, by number. That of the image by default.
   */
  runAsGroup?: number;
  /**
   * The group to which volumes belong that can be written, by number. Of trainings 65532 by default, which servers can read; of servers none.
   */
  fsGroup?: number;
  /**
   * The ServiceAccount of the pods, such as one that a cloud knows. "default" by default.
   */
  serviceAccountName?: string;
  /**
   * Whether the containers find a token of the ServiceAccount, by which they can use the Kubernetes API. false by default.
   */
  automountServiceAccountToken?: boolean;
  /**
   * The Secrets by which images are pulled, at most 8, beside those of the ServiceAccount. None by default.
   */
  imagePullSecrets?: PullSecret[];
  /**
   * Labels that a node has to have, at most 16. None by default.
   */
  nodeSelector?: {
    [k: string]: string;
  };
  /**
   * The taints of nodes that are tolerated, at most 16, beside that of the accelerator, whose key is its resource. None by default.
   */
  tolerations?: Toleration[];
  /**
   * Near what the pods are, or far from it. Nothing by default.
   */
  affinity?: {
    /**
     * Which nodes the pods may be on, or had better be.
     */
    nodeAffinity?: {
      /**
       * Where alone they may be. Anywhere by default.
       */
      requiredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * A node has to meet one of these, at most 8.
         */
        nodeSelectorTerms: NodeSelectorTerm[];
      };
      /**
       * Where they had better be, at most 8. None by default.
       */
      preferredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * How much it counts, from 1 to 100.
         */
        weight: number;
        /**
         * Requirements that a node has to meet all of.
         */
        preference: NodeSelectorTerm;
      }[];
    };
    /**
     * Which pods they are near to.
     */
    podAffinity?: {
      /**
       * What has to be so, at most 4. Nothing by default.
       */
      requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
      /**
       * What had better be so, at most 4. Nothing by default.
       */
      preferredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * How much it counts, from 1 to 100.
         */
        weight: number;
        /**
         * Near which pods.
         */
        podAffinityTerm: PodAffinityTerm;
      }[];
    };
    /**
     * Which pods they are far from.
     */
    podAntiAffinity?: {
      /**
       * What has to be so, at most 4. Nothing by default.
       */
      requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
      /**
       * What had better be so, at most 4. Nothing by default.
       */
      preferredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * How much it counts, from 1 to 100.
         */
        weight: number;
        /**
         * Near which pods.
         */
        podAffinityTerm: PodAffinityTerm;
      }[];
    };
  };
  /**
   * How the pods are spread over places, at most 4. Not at all by default.
   */
  topologySpreadConstraints?: TopologySpreadConstraint[];
  /**
   * Their PriorityClass. That of the cluster by default.
   */
  priorityClassName?: string;
  /**
   * Their RuntimeClass, such as nvidia. That of the node by default.
   */
  runtimeClassName?: string;
  /**
   * The scheduler that places them. "default-scheduler" by default.
   */
  schedulerName?: string;
  /**
   * How long they have to end once they are asked to, such as "10m", at most "1h". What takes requests needs as long as its longest answer. "30s" by default.
   */
  terminationGracePeriod?: string;
  /**
   * Labels of the pods, at most 32. Those of the object itself are not copied to pods. None by default.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the pods, at most 32. None by default.
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * How much main can keep in /dev/shm, such as "16Gi", which data loaders with several workers and NCCL need. It counts as memory of the container. What the container runtime gives by default, mostly 64Mi.
   */
  sharedMemory?: string | number;
  /**
   * Volumes beside those of datasets, output and model, at most 16. They are part of the recipe of a TrainingRun. None by default.
   */
  volumes?: PodVolume[];
  /**
   * Containers that end before main starts, one after the other, at most 4. They are part of the recipe of a TrainingRun. None by default.
   */
  initContainers?: PodContainer[];
  /**
   * Containers that start before main, and are ended after it, at most 4. None by default.
   */
  sidecars?: PodContainer[];
}
/**
 * Judges the time to answer, in seconds; whatever takes longer than 120 counts as 120. A request whose client left before, or that is in flight for longer than max, took at least as long as it lasted.
 *
 */
export interface LatencyCheck {
  /**
   * The quantile, between 0 and 1, such as 0.99.
   */
  quantile: number;
  /**
   * Which time: to the FirstByte of the answer's body, as users of a stream wait for it, or to the end of the Whole answer. An answer without a body begins with its end. Whole by default.
   */
  of?: 'FirstByte' | 'Whole';
}
/**
 * One aspect of the state of the object.
 *
 */
export interface Condition {
  /**
   * The aspect, in CamelCase, such as Ready.
   */
  type: string;
  /**
   * Whether the aspect holds.
   */
  status: 'True' | 'False' | 'Unknown';
  /**
   * Why, as one word in CamelCase for programs to read.
   */
  reason: string;
  /**
   * Why, for people: what is wrong, whose move it is and the next command.
   */
  message: string;
  /**
   * When the status last changed.
   */
  lastTransitionTime: string;
  /**
   * The metadata.generation of the object that the condition is about.
   */
  observedGeneration?: number;
}
/**
 * What started the attempt.
 *
 */
export interface Trigger {
  /**
   * What kind of thing it was: the object was created, its recipe was edited, rerunAt was reached, the schedule was due, or a Monitor asked for it.
   */
  type: 'Created' | 'RecipeChanged' | 'Rerun' | 'Schedule' | 'Monitor';
  /**
   * The name of the Monitor. Absent for the other types.
   */
  name?: string;
  /**
   * The reason in the words of what triggered it, such as the check that fails. Absent if there is none.
   */
  reason?: string;
  /**
   * When it happened.
   */
  time: string;
}
/**
 * Where the container leaves what it found out. By default a results document at the path of the variable FLYBALL_RESULTS.
 *
 */
export interface ResultsSpec {
  /**
   * The file, which the container opens and writes; it cannot be replaced by another one, and what is beyond 4,096 bytes is lost. /dev/termination-log by default.
   */
  path?: string;
  /**
   * Document: what docs/containers.md describes. Metrics: any JSON object, of which each number becomes a metric by its dotted name, those of the gate first, and the rest is passed over. Document by default.
   */
  format?: 'Document' | 'Metrics';
}
/**
 * Where the training code came from. Absent if the recipe does not say.
 *
 */
export interface Source {
  /**
   * Where the code is kept, such as https://git.example.com/fraud.
   */
  repository: string;
  /**
   * The commit, tag or branch.
   */
  revision: string;
}
/**
 * One dataset.
 *
 */
export interface Dataset {
  /**
   * The name, by which the container finds it: mounted read-only at /flyball/datasets/<name>.
   */
  name: string;
  /**
   * Where it is. pvc://<claim>/<path>: a folder or file of a PersistentVolumeClaim of the same namespace, which is mounted. s3://<bucket>/<path>, gs://<bucket>/<path> and abfss://<container>@<account>.dfs.core.windows.net/<path>: an object, or all objects below the path. https://<host>/<path>: one file, which is not unpacked. hf://datasets/<organization>/<name>@<revision>, also with a path behind it: a repository of the Hugging Face Hub. These are fetched before the container starts, as storage says, into a folder where a single object or file has its own name. oci://<image>: a folder with the files of an image, which the kubelet pulls; it needs Kubernetes 1.35. No part of a path may begin with a dot.
   */
  uri: ArtifactURI;
  /**
   * Pins the contents: sha256: and 64 hexadecimal digits. What is fetched is measured, and an attempt whose data differs starts no container; the digest is what find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum prints in the folder. What is in a claim or an image, nobody measures: an attempt that reports another digest for this dataset in its results fails, and one that reports none is not checked. Unpinned by default, so that each attempt reads what is there then.
   */
  digest?: string;
}
/**
 * What one rule of the gate found.
 *
 */
export interface GateVerdict {
  /**
   * The metric that was judged.
   */
  metric: string;
  /**
   * The rule in words, such as "min 0.9" or "maxDecrease 0.01 against fraud-3".
   */
  rule: string;
  /**
   * The value that the attempt reported. Absent if it did not report the metric.
   */
  value?: string;
  /**
   * The ModelVersion that the value was compared with. Absent for absolute rules.
   */
  champion?: string;
  /**
   * The value of the champion. Absent if it is not known.
   */
  championValue?: string;
  /**
   * Whether the rule lets the attempt pass.
   */
  passed: boolean;
  /**
   * Why: the bound Holds or Fails, the metric is missing, the champion was measured on other data, or there is no champion yet.
   */
  reason: 'Holds' | 'Fails' | 'MetricMissing' | 'NotComparable' | 'Bootstrap';
  /**
   * The same for people.
   */
  message: string;
}
