import { defined } from '../../../api/defined.ts';
import { isFields } from '../../../domain/canonical.ts';
import type { ResultsDocument } from '../../../workload/results.ts';

/** What the stages of an attempt have put out so far. */
export interface Outputs extends Partial<ResultsDocument> {
  /** The image as the node ran it, with its digest. */
  readonly image?: string;
  /** Whether the digest was measured when the model was saved; else it is what the training says. */
  readonly isMeasured?: true;
  /** How many bytes the model has, of one that was saved. */
  readonly size?: number;
  /** The UID of what has brought the model to where it is kept, by which its folder is named. */
  readonly uploader?: string;
}

/** What a later stage says replaces what was said before; of the datasets each one by itself. */
export function merged(before: Outputs, after: Outputs): Outputs {
  const datasets = (before.datasets ?? after.datasets) && { ...before.datasets, ...after.datasets };
  return defined<Outputs>({ ...before, ...after, datasets });
}

/** The digest of a dataset as a stage reported it. */
export function datasetDigest({ datasets = {} }: Outputs, name: string): string | undefined {
  return Object.hasOwn(datasets, name) ? datasets[name] : undefined;
}

/** Whether a value that was read from a Job has the shape of outputs. */
export function isOutputs(value: unknown): value is Outputs {
  if (!isFields(value)) return false;
  const { metrics = {}, datasets = {}, championMetrics = {}, profile = {} } = value;
  const { digest = '', image = '', uploader = '', isMeasured = true, size = 0 } = value;
  return (
    [metrics, datasets, championMetrics].every(
      (texts) => isFields(texts) && Object.values(texts).every((text) => typeof text === 'string'),
    ) &&
    isFields(profile) &&
    [digest, image, uploader].every((text) => typeof text === 'string') &&
    isMeasured === true &&
    Number.isSafeInteger(size)
  );
}
