import { findCondition } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { whatOf } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { CheckStatus, IMonitor, MonitorCheck } from '../../api/types.ts';
import { clauses, figures, type TreeNode } from './node.ts';
import { standingOf } from './standing.ts';

/** A Monitor with what each of its checks found. */
export function monitorNode(monitor: IMonitor): TreeNode {
  const { spec, status } = monitor;
  const { namespace } = keyOf(monitor);
  const { passing, failing, retrain } = status ?? {};
  return defined<TreeNode>({
    kind: 'Monitor',
    ...keyOf(monitor),
    ...standingOf(monitor, 'Ready', verdictOf(monitor)),
    figures: figures({ passing, failing, retrainedAt: retrain?.requestedAt, retraining: retrain?.attempt }),
    children: spec.checks.map((check) =>
      checkNode(
        namespace,
        check,
        status?.checks?.find(({ name }) => name === check.name),
      ),
    ),
  });
}

/** Its verdict is told once it can see; and that a check fails is told before that another one is blind. */
function verdictOf({ status }: IMonitor) {
  const passed = findCondition(status?.conditions, 'ChecksPassed');
  const sees = findCondition(status?.conditions, 'Ready')?.status === 'True';
  return sees || passed?.status === 'False' ? passed : undefined;
}

const tones = { Passing: 'good', Pending: 'waiting', Failing: 'bad', Unknown: 'waiting' } as const;

function checkNode(namespace: string, check: MonitorCheck, status: CheckStatus | undefined): TreeNode {
  const { name, min, max } = check;
  const { verdict = 'Unknown', since, value, samples, message, reason } = status ?? {};
  return defined<TreeNode>({
    kind: 'Check',
    namespace,
    name,
    state: verdict,
    tone: tones[verdict],
    detail: clauses(message && whatOf(message), limitOf(check)),
    message,
    since,
    figures: figures({ value, min, max, samples, reason }),
    children: [],
  });
}

function limitOf({ min, max }: MonitorCheck): string | undefined {
  const limits = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])];
  return limits.length === 0 ? undefined : limits.join(', ');
}
