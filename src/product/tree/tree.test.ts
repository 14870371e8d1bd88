import { describe, expect, it } from '@jest/globals';
import { failed, job } from '../../../test/builders/job.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { attempt, monitor } from '../../../test/builders/monitor.ts';
import { podOf, waiting } from '../../../test/builders/pod.ts';
import { condition, now, product } from '../../../test/builders/product.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { noObjects, type ProductObjects } from '../objects.ts';
import { subtree, treeOf } from './index.ts';
import type { TreeNode } from './node.ts';

/** Each line as `kind name: state`, beneath what it belongs to. */
function outline(nodes: readonly TreeNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.kind} ${node.name}: ${node.state}`,
    ...outline(node.children, `${indent}  `),
  ]);
}

function flat(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

const tree = (objects: Partial<ProductObjects>) => treeOf({ ...noObjects, ...objects }, now);
const find = (nodes: readonly TreeNode[], kind: string, name?: string) =>
  flat(nodes).find((node) => node.kind === kind && (name === undefined || node.name === name));

describe('A product', () => {
  it('is a tree from the training to the pods', () => {
    expect(outline(treeOf(product(), now))).toEqual([
      'Product fraud: ChecksFail',
      '  TrainingRun fraud: Registered',
      '    Attempt fraud-4: Training',
      '      Stage Train: Running',
      '        Job fraud-4-train: Running',
      '          Pod fraud-4-train-abcde: Running',
      '    Attempt fraud-3: Registered',
      '      Stage Train: Passed',
      '        Job fraud-3-train: Complete',
      '          Pod fraud-3-train-abcde: Succeeded',
      '    Attempt fraud-2: GateFailed',
      '      Stage Train: Passed',
      '    Attempt fraud-1: Registered',
      '      Stage Train: Passed',
      '  ModelVersion fraud-3: Candidate',
      '  ModelVersion fraud-1: Serving',
      '  ModelDeployment fraud: RollingOut',
      '    Revision 0a1b2c3d: Stable',
      '      Pod fraud-0a1b2c3d-5d8f7c9b6c-x7k2p: Running',
      '    Revision deadbeef: Candidate',
      '      Check errors: Measured',
      '      Pod fraud-deadbeef-5d8f7c9b6c-x7k2p: NotReady',
      '  Monitor fraud: ChecksFail',
      '    Check drift: Failing',
      '    Check errors: Passing',
    ]);
  });

  it('says what serves, what comes next and what fails', () => {
    expect(treeOf(product(), now)[0]?.detail).toBe(
      'fraud-1 serves, fraud-3 gets 50 % of requests; fraud-4 trains; drift fails',
    );
  });

  it('is as bad as the worst of its objects', () => {
    const wellWatched = { ...product(), monitors: [] };
    expect(treeOf(wellWatched, now)[0]).toMatchObject({ state: 'RollingOut', tone: 'waiting' });
  });

  it('has all ModelDeployments that serve its run, and the Monitors of each', () => {
    const named = (name: string) => ({ ...modelDeployment(), metadata: { name, namespace: 'team', uid: name } });
    const objects = {
      runs: [trainingRun()],
      deployments: [named('live'), named('beta')],
      monitors: [monitor({ modelDeploymentRef: { name: 'beta' } })],
    };
    expect(outline(tree(objects)).filter((line) => !line.includes('Check'))).toEqual([
      'Product beta, live: Unseen',
      '  TrainingRun fraud: Unseen',
      '  ModelDeployment beta: Unseen',
      '  ModelDeployment live: Unseen',
      '  Monitor fraud: Unseen',
    ]);
  });

  it('is there before anybody deploys it', () => {
    expect(outline(tree({ runs: [trainingRun()] }))).toEqual(['Product fraud: Unseen', '  TrainingRun fraud: Unseen']);
  });

  it('pins a version of a run, and belongs to it', () => {
    const pinned = modelDeployment({ spec: { model: { versionRef: { name: 'fraud-1' } } } });
    const objects = { runs: [trainingRun()], versions: [modelVersion(1)], deployments: [pinned] };
    expect(tree(objects)).toHaveLength(1);
  });

  it('is one by itself in each namespace', () => {
    const elsewhere = { ...trainingRun(), metadata: { name: 'fraud', namespace: 'other', uid: 'other' } };
    expect(tree({ runs: [trainingRun(), elsewhere] }).map(({ namespace }) => namespace)).toEqual(['other', 'team']);
  });
});

describe('Nothing is left out:', () => {
  it('a version whose run is gone is shown, and says so', () => {
    const [orphans] = tree({ versions: [modelVersion(1), modelVersion(2)] });
    expect(outline([orphans!])).toEqual([
      'Product fraud: Orphaned',
      '  ModelVersion fraud-2: Registered',
      '  ModelVersion fraud-1: Registered',
    ]);
    expect(orphans?.children[0]?.detail).toBe('TrainingRun fraud is gone');
  });

  it('nor a version of a run of that name that is gone', () => {
    const objects = { runs: [trainingRun()], versions: [modelVersion(1, { trainingRunUID: 'another' })] };
    expect(find(tree(objects), 'ModelVersion')).toMatchObject({
      state: 'Registered',
      detail: 'of a TrainingRun fraud that is gone',
    });
  });

  it('nor a version that its run has not registered', () => {
    const objects = { runs: [trainingRun()], versions: [modelVersion(1, { trainingRunUID: 'run-uid' })] };
    expect(find(tree(objects), 'ModelVersion')?.state).toBe('Unregistered');
  });

  it('nor a Monitor of what does not exist', () => {
    expect(outline(tree({ monitors: [monitor()] }))[0]).toBe('Product fraud: Unseen');
  });

  it('nor Jobs of an attempt that status does not tell of', () => {
    expect(outline(tree({ runs: [trainingRun()], jobs: [job(trainingRun())] }))).toContain(
      '    Attempt fraud-1: Unknown',
    );
  });

  it('nor a revision that has no role yet', () => {
    const { workloads, deployments, ...rest } = product();
    const [deployment] = deployments;
    const unseen = { ...deployment!, status: {} };
    const revisions = flat(tree({ ...rest, workloads, deployments: [unseen] })).filter(
      (one) => one.kind === 'Revision',
    );
    expect(revisions.map(({ state }) => state)).toEqual(['Unused', 'Unused']);
  });
});

describe('The states of a run', () => {
  const at = '2026-11-24T10:00:00Z';
  const withJob = (
    pod: ReturnType<typeof waiting>,
    conditions = [condition('Succeeded', 'Unknown', 'Started', 'a')],
  ) => {
    const stage = { name: 'Train', job: 'fraud-1-train', state: 'Running', startTime: at } as const;
    const run = trainingRun({
      status: { observedGeneration: 1, conditions, attempts: [attempt(1, { stages: [stage] })] },
    });
    const made = job(run);
    return tree({ runs: [run], jobs: [made], pods: [podOf(made, pod)] });
  };

  it('are the words that kubectl shows: what stalls comes first', () => {
    const conditions = [
      condition('Stalled', 'True', 'ImagePullFailed', 'image a cannot be pulled. Push it'),
      condition('Succeeded', 'Unknown', 'ImagePullFailed', 'image a cannot be pulled. Push it'),
    ];
    const nodes = withJob(waiting('ImagePullBackOff', 'not found'), conditions);
    const want = { state: 'ImagePullFailed', tone: 'bad', detail: 'image a cannot be pulled' };
    expect(find(nodes, 'TrainingRun')).toMatchObject(want);
    expect(find(nodes, 'Attempt')).toMatchObject(want);
    expect(find(nodes, 'Pod')).toMatchObject({ state: 'ImagePullFailed', tone: 'bad' });
  });

  it('have the whole message for programs', () => {
    const conditions = [
      condition('Succeeded', 'Unknown', 'Started', 'it has started. See its pods: `kubectl get pods`'),
    ];
    expect(find(withJob({ phase: 'Pending' }, conditions), 'TrainingRun')).toMatchObject({
      detail: 'it has started',
      message: 'it has started. See its pods: `kubectl get pods`',
    });
  });

  it('say that the newest edit was not seen yet', () => {
    const run = trainingRun({ status: { conditions: [condition('Succeeded', 'True', 'Registered', 'fraud-1 is')] } });
    expect(find(tree({ runs: [run] }), 'TrainingRun')?.detail).toMatch(
      /^the operator has not seen the newest edit yet; /,
    );
  });

  it('say that a run which was a success is suspended', () => {
    const conditions = [
      condition('Succeeded', 'True', 'Registered', 'a'),
      condition('Suspended', 'True', 'Suspended', 'b'),
    ];
    const run = trainingRun({ status: { observedGeneration: 1, conditions } });
    expect(find(tree({ runs: [run] }), 'TrainingRun')?.state).toBe('Suspended');
  });

  it('of a Job are those of kubectl, and its retries are past but for the newest', () => {
    const run = trainingRun({ status: { attempts: [attempt(1, { stages: [] })] } });
    const jobs = [failed(job(run)), job(run, {}, 1)];
    const told = flat(tree({ runs: [run], jobs })).filter(({ kind }) => kind === 'Job');
    expect(told.map(({ name, state, isPast }) => [name, state, isPast])).toEqual([
      ['fraud-1-train-r1', 'Running', undefined],
      ['fraud-1-train', 'Failed', true],
    ]);
  });

  it('of an object that goes is that it goes', () => {
    const run = { ...trainingRun(), metadata: { ...trainingRun().metadata, deletionTimestamp: at } };
    expect(find(tree({ runs: [run] }), 'TrainingRun')?.state).toBe('Terminating');
  });
});

describe('A part of the tree', () => {
  it('has what leads to the object, and all that lies below it', () => {
    const part = subtree(treeOf(product(), now), 'ModelDeployment', { namespace: 'team', name: 'fraud' });
    expect(outline(part).slice(0, 3)).toEqual([
      'Product fraud: ChecksFail',
      '  ModelDeployment fraud: RollingOut',
      '    Revision 0a1b2c3d: Stable',
    ]);
    expect(part[0]?.children).toHaveLength(1);
  });

  it('takes nothing below the object for past', () => {
    const isPast = (nodes: readonly TreeNode[]) => flat(nodes).filter((node) => node.isPast === true).length;
    const whole = treeOf(product(), now);
    expect(isPast(whole)).toBe(3);
    expect(isPast(subtree(whole, 'TrainingRun'))).toBe(0);
  });

  it('is nothing where there is no such object', () => {
    expect(subtree(treeOf(product(), now), 'Monitor', { namespace: 'other', name: 'fraud' })).toEqual([]);
  });
});
