import { describe, expect, it } from '@jest/globals';
import { begunRun, event, evidence, node, withReady } from '../../../test/builders/evidence.ts';
import { job } from '../../../test/builders/job.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { monitor } from '../../../test/builders/monitor.ts';
import { podOf, unschedulable, waiting } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { explain } from './explain.ts';
import type { Seen } from './evidence.ts';

const now = new Date('2026-11-24T10:10:00Z');

/** A run of which the pod asks for GPUs and gets no node. */
function unplaced(seen: Partial<Seen>, spec: Partial<ITrainingRun['spec']> = {}) {
  const begun = begunRun('Unschedulable', 'no node has 8 × nvidia.com/gpu free');
  const accelerator = { resource: 'nvidia.com/gpu', count: 8 };
  const run = { ...begun, spec: { ...begun.spec, accelerator, ...spec } };
  const made = job(run);
  const pod = podOf(made, unschedulable('0/2 nodes are available: 2 Insufficient nvidia.com/gpu.'));
  return explain(evidence(run, { jobs: [made], pods: [pod] }, seen), now);
}

describe('Why a pod has no node', () => {
  it('is that no node could ever give as much, with what the largest has', () => {
    const nodes = [node('small', { 'nvidia.com/gpu': '2' }), node('large', { 'nvidia.com/gpu': '4' })];
    expect(unplaced({ nodes })).toMatchObject({
      why: 'no node has as much as the pod asks for: 8 of nvidia.com/gpu, while the largest, large, has 4',
      actor: 'Author',
    });
  });

  it('is that others have what there is, and whose pods these are', () => {
    const other = { ...podOf(job(trainingRun({ name: 'churn' }))), metadata: { namespace: 'others', name: 'churn' } };
    const limits = { 'nvidia.com/gpu': '6' };
    const placed = [
      { ...other, spec: { nodeName: 'gpu-1', containers: [{ name: 'main', resources: { limits } }] }, status: {} },
    ];
    expect(unplaced({ nodes: [node('gpu-1', { 'nvidia.com/gpu': '8' })], placed })).toMatchObject({
      why: expect.stringContaining(
        'gpu-1 has 2 of its 8 of nvidia.com/gpu free, and 8 are asked for. In use by others/churn (6)',
      ),
      actor: 'Nobody',
    });
  });

  it('is the taint of the node that else would take it', () => {
    const taints = [{ key: 'team', value: 'vision', effect: 'NoSchedule' as const }];
    const nodes = [node('small'), node('large', { 'nvidia.com/gpu': '8' }, { taints })];
    const { why, next } = unplaced({ nodes, placed: [] });
    expect(why).toContain('large has the taint team=vision:NoSchedule, which the pod does not tolerate');
    expect(next[0]).toMatchObject({ command: 'kubectl -n team edit trun fraud' });
  });

  it('is that the only good node is cordoned, and the command lets pods onto it again', () => {
    const nodes = [node('large', { 'nvidia.com/gpu': '8' }, { unschedulable: true })];
    expect(unplaced({ nodes, placed: [] })).toMatchObject({
      why: expect.stringContaining('large is cordoned'),
      actor: 'Administrator',
      next: [{ command: 'kubectl uncordon large' }],
    });
  });

  it('is that others have what there is, where another node is tainted or cordoned on purpose', () => {
    const taints = [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' as const }];
    const nodes = [
      node('control-plane', { 'nvidia.com/gpu': '8' }, { taints }),
      node('drained', { 'nvidia.com/gpu': '8' }, { unschedulable: true }),
      node('gpu-1', { 'nvidia.com/gpu': '8' }),
    ];
    const limits = { 'nvidia.com/gpu': '6' };
    const other = { ...podOf(job(trainingRun({ name: 'churn' }))), metadata: { namespace: 'others', name: 'churn' } };
    const placed = [
      { ...other, spec: { nodeName: 'gpu-1', containers: [{ name: 'main', resources: { limits } }] }, status: {} },
    ];
    const { actor, next } = unplaced({ nodes, placed });
    expect(actor).toBe('Nobody');
    expect(next).toEqual([expect.objectContaining({ command: 'kubectl describe node gpu-1' })]);
  });

  it('is told of the node that is meant by the labels, and not of those that are not', () => {
    const meant = node('gpu-1', { 'nvidia.com/gpu': '8' }, { unschedulable: true });
    const nodes = [
      node('other', { 'nvidia.com/gpu': '8' }),
      { ...meant, metadata: { name: 'gpu-1', labels: { pool: 'gpu' } } },
    ];
    const told = unplaced({ nodes, placed: [] }, { pod: { nodeSelector: { pool: 'gpu' } } });
    expect(told.why).toBe('no node takes the pod, of 2 nodes: gpu-1 is cordoned (spec.unschedulable)');
    expect(told.next[0]).toMatchObject({ command: 'kubectl uncordon gpu-1' });
  });

  it('is what the operator says where the nodes could not be read', () => {
    expect(unplaced({}).why).toBe('no node has 8 × nvidia.com/gpu free');
  });

  it('is left to the scheduler where a node seems to have all', () => {
    expect(unplaced({ nodes: [node('large', { 'nvidia.com/gpu': '8' })], placed: [] }).why).toBe(
      'no node has 8 × nvidia.com/gpu free',
    );
  });
});

describe('Why a Job has no pods', () => {
  const run = begunRun();
  const made = job(run);
  const denied = (words: string) =>
    explain(
      evidence(run, { jobs: [made] }, { events: [event(made, 'FailedCreate', `Error creating: ${words}`)] }),
      now,
    );

  it.each([
    [
      'pods "x" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=8, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=8',
      'ResourceQuota gpus of namespace team denies the pods: it asks for 8 of requests.nvidia.com/gpu, of which 8 are allowed and 2 used',
      'Administrator',
    ],
    [
      'pods "x" is forbidden: failed quota: team: must specify limits.cpu for: main',
      'ResourceQuota team counts amounts that the pods do not say: they must specify limits.cpu for: main',
      'Author',
    ],
    [
      'admission webhook "scan.example.com" denied the request: image is not signed',
      'admission webhook scan.example.com denies the pods: image is not signed',
      'Author',
    ],
    [
      'Internal error occurred: failed calling webhook "scan.example.com": connection refused',
      'admission webhook scan.example.com does not answer, and the API server makes no pods without it: connection refused',
      'Administrator',
    ],
    [
      'what nobody knows',
      'the API server makes no pods for attempt fraud-1, and says: Error creating: what nobody knows',
      'Administrator',
    ],
  ])('is told of: %s', (words, why, actor) => {
    expect(denied(words)).toMatchObject({ what: 'fraud: attempt fraud-1 gets no pods', why, actor });
  });

  it('is a full quota also when the events that told of it are gone', () => {
    const status = { hard: { pods: '4' }, used: { pods: '4' } };
    const quotas = [
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team', namespace: 'team' }, status },
    ] as const;
    expect(explain(evidence(run, { jobs: [made] }, { quotas }), now).why).toContain('4 of 4 of pods are used');
  });

  it('is no question once the Job is over, whatever was denied before', () => {
    const conditions = [{ type: 'Failed', status: 'True' as const }];
    const over = { ...made, status: { conditions } };
    const events = [
      event(
        made,
        'FailedCreate',
        'Error creating: pods "x" is forbidden: exceeded quota: gpus, requested: a=1, used: a=1, limited: a=1',
      ),
    ];
    const { what, why } = explain(evidence(run, { jobs: [over] }, { events }), now);
    expect(`${what} ${why}`).not.toMatch(/gets no pods|ResourceQuota/);
  });
});

describe('What the operator has not seen', () => {
  it('is told first, since then what the status says is old', () => {
    const edited = { ...begunRun(), metadata: { ...begunRun().metadata, generation: 2 } };
    const { why, actor } = explain(evidence(edited, {}, { operators: [] }), now);
    expect(why).toContain('operator is not installed in this cluster');
    expect(actor).toBe('Administrator');
  });

  it('is not claimed where nobody may see whether it runs', () => {
    expect(explain(evidence(trainingRun()), now).why).toContain('whether it runs could not be read');
  });

  it('is no trouble a moment after an edit', () => {
    const seen = { editedAt: '2026-11-24T10:09:58Z' };
    expect(explain(evidence(trainingRun(), {}, seen), now)).toMatchObject({ actor: 'Nobody', since: seen.editedAt });
  });
});

describe('What waits for another object', () => {
  it('has that one’s why, through a Monitor and its deployment down to a pod of the run', () => {
    const run = begunRun();
    const made = job(run);
    const pods = [podOf(made, waiting('ErrImagePull', 'failed to resolve reference "registry/frod:1": not found'))];
    const deployment = withReady(
      modelDeployment(),
      'False',
      'NoVersion',
      'TrainingRun "fraud" has no ModelVersion yet',
    );
    const watching = {
      ...monitor(),
      status: {
        observedGeneration: 1,
        conditions: [
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NothingStable',
            message: 'ModelDeployment "fraud" has no stable revision yet',
            lastTransitionTime: '2026-11-24T10:00:00Z',
          } as const,
        ],
      },
    };
    const objects = { runs: [run], deployments: [deployment], jobs: [made], pods };
    const told = explain(evidence({ ...watching, metadata: { ...watching.metadata, generation: 1 } }, objects), now);
    expect(told.why).toMatch(
      /no stable revision yet\. ModelDeployment fraud: .*no ModelVersion yet\. TrainingRun fraud: .*not found/,
    );
    expect(told.next.length).toBeLessThanOrEqual(3);
  });
});

describe('What was decided', () => {
  it('is told by its own reason, whatever the pods of what serves do meanwhile', () => {
    const message =
      'What the spec asks for was rejected. Try it again: `kubectl get mdep`; or serve another model; the rejection said: slow';
    const rejected = withReady(modelDeployment(), 'False', 'RevisionRejected', message);
    expect(explain(evidence(rejected), now)).toMatchObject({
      why: 'What the spec asks for was rejected; the rejection said: slow',
      next: [{ text: 'try it again', command: 'kubectl get mdep' }, { text: 'serve another model' }],
    });
  });

  it('can be tried again where what serves is well', () => {
    const rolledBack = withReady(modelDeployment(), 'True', 'RolledBack', 'fraud-1 serves; fraud-2 was rejected');
    expect(explain(evidence(rolledBack), now).next).toEqual([
      {
        text: 'once it is mended, try what was rejected again',
        command: 'kubectl flyball retry mdep/fraud -n team',
      },
    ]);
  });
});

describe('A reason that nobody knows', () => {
  it('is told as it is, also by the name of what every object has', () => {
    expect(explain(evidence(begunRun('__proto__')), now).what).toBe('fraud: attempt fraud-1 does not get on');
  });
});

describe('A suspended run', () => {
  it('is held, however well its last attempt went', () => {
    const { status, ...begun } = begunRun();
    const lastTransitionTime = '2026-11-24T10:05:00Z';
    const conditions = [
      { type: 'Succeeded', status: 'True' as const, reason: 'Registered', message: 'fraud-1', lastTransitionTime },
      {
        type: 'Suspended',
        status: 'True' as const,
        reason: 'Suspended',
        message: 'No attempt starts',
        lastTransitionTime,
      },
    ];
    const attempts = status?.attempts?.map((attempt) => ({ ...attempt, verdict: 'Registered' as const }));
    const run = { ...begun, status: { ...status, conditions, ...(attempts && { attempts }) } };
    expect(explain(evidence(run), now)).toMatchObject({
      what: 'fraud: no attempt starts, and attempt fraud-1 passed, and its version is registered',
      reason: 'Suspended',
      actor: 'Author',
    });
  });
});

describe('A command', () => {
  it('is left out once the pod is gone that it names', () => {
    const message =
      'the command ended with exit code 1. Read its log: `kubectl -n team logs gone-abcde -c main`; or see the run: `kubectl -n team get trun`';
    const { next } = explain(evidence(begunRun('CommandFailed', message)), now);
    expect(next).toEqual([{ text: 'see the run', command: 'kubectl -n team get trun' }]);
  });
});
