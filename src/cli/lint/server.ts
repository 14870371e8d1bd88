import { KubernetesError } from '../../kube/errors.ts';
import { written } from '../../api/message.ts';
import { findingsOfAnswer } from '../../product/lint/answer.ts';
import type { ObjectFinding } from '../../product/lint/finding.ts';
import type { Fields } from '../../product/lint/object.ts';
import { isFields } from '../../product/lint/object.ts';
import { isUnserved, unserved } from '../failure.ts';
import { Refused } from '../refused.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { kindOf } from '../cluster/kinds.ts';

/** What the API server said of an object, or why it was not asked. */
export type Answer =
  | { readonly type: 'Judged'; readonly findings: readonly ObjectFinding[] }
  | { readonly type: 'Unasked'; readonly why: string };

/** Asks the API server what it would say if the user applied an object, and has it keep nothing. */
export async function judgedByServer(cluster: Cluster, object: Fields, stop: AbortSignal): Promise<Answer> {
  const metadata = isFields(object['metadata']) ? object['metadata'] : {};
  const namespace = typeof metadata['namespace'] === 'string' ? metadata['namespace'] : cluster.namespace;
  const { apiVersion, plural } = kindOf(String(object['kind']));
  const name = encodeURIComponent(String(metadata['name']));
  try {
    await cluster.transport.call({
      method: 'PATCH',
      path: `/apis/${apiVersion}/namespaces/${encodeURIComponent(namespace)}/${plural}/${name}`,
      // As the manager of all its fields, whoever has them now: whose they are is not what is asked.
      query: { dryRun: 'All', fieldManager: 'kubectl-flyball-lint', fieldValidation: 'Strict', force: 'true' },
      body: { ...object, metadata: { ...metadata, namespace, ...ofOthers } },
      contentType: 'application/apply-patch+yaml',
      timeout: cluster.timeout,
      signal: stop,
    });
    return { type: 'Judged', findings: [] };
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    if (isUnserved(error)) throw new Refused(written(unserved(cluster.server)));
    if (![400, 403, 404, 409, 422, 500].includes(error.code)) throw error;
    if (error.code === 403 && /\bcannot (?:patch|create)\b/.test(error.message)) {
      return { type: 'Unasked', why: error.message };
    }
    if (error.code === 404 && /^namespaces "[^"]*" not found$/.test(error.message)) {
      return { type: 'Unasked', why: `the cluster has no namespace ${JSON.stringify(namespace)}: make it first` };
    }
    return { type: 'Judged', findings: findingsOfAnswer(error.message) };
  }
}

/** What `kubectl get -o yaml` prints, and nobody applies. */
const ofOthers = { managedFields: undefined, resourceVersion: undefined, uid: undefined, creationTimestamp: undefined };
