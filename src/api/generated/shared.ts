// Generated from crds/*.yaml by `npm run generate`. Do not edit.

/** A decimal number: an integer, or a string such as "0.95", so that no digit is lost. */
export type Decimal = string | number;

export type ArtifactURI = string;
export type ImageReference = string;

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
 * What the container gets of each node, as request and limit alike. By default neither is set, and the namespace's LimitRange applies.
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
 * The accelerators that each replica gets. None by default.
 *
 */
export interface Accelerator {
  /**
   * The extended resource that the device plugin advertises, such as nvidia.com/gpu.
   */
  resource: string;
  /**
   * How many devices each replica gets.
   */
  count: number;
  /**
   * The model of device, as the node label <resource>.product names it, such as NVIDIA-H100-80GB-HBM3. Any by default.
   */
  product?: string;
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
   * Where it is: pvc://<claim>/<path>, a folder or file of a PersistentVolumeClaim of the same namespace. No part of the path may begin with a dot.
   */
  uri: ArtifactURI;
  /**
   * Pins the contents: sha256: and 64 hexadecimal digits. An attempt that reports another digest for this dataset in its results fails; one that reports none is not checked, and nobody else computes it. Unpinned by default, so that each attempt reads what is there then.
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
