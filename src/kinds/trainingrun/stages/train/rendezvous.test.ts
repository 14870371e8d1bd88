import { describe, expect, it } from '@jest/globals';
import { recipeOf, type Recipe } from '../../../../domain/recipe.ts';
import { rendezvous } from './rendezvous.ts';

const index = { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } };
const gpus = (count: number) => ({ accelerator: { resource: 'nvidia.com/gpu', count } });

function variables(recipe: Partial<Recipe>): Record<string, unknown> {
  const all = rendezvous(recipeOf({ image: 'trainer', ...recipe }), 'fraud-1-train');
  return Object.fromEntries(all.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

describe('The rendezvous', () => {
  it('is nothing for one pod', () => {
    expect(variables({})).toEqual({});
    expect(variables(gpus(8))).toEqual({});
  });

  it('has one process in each pod, until a launcher says otherwise', () => {
    expect(variables({ nodes: 4, ...gpus(8) })).toEqual({
      FLYBALL_PROCESSES: '32',
      FLYBALL_HOSTS: [0, 1, 2, 3].map((pod) => `fraud-1-train-${pod}.fraud-1-train`).join(','),
      MASTER_ADDR: 'fraud-1-train-0.fraud-1-train',
      MASTER_PORT: '29500',
      WORLD_SIZE: '4',
      RANK: index,
      NODE_RANK: index,
      LOCAL_RANK: '0',
      LOCAL_WORLD_SIZE: '1',
      PET_MASTER_ADDR: 'fraud-1-train-0.fraud-1-train',
      PET_MASTER_PORT: '29500',
      PET_NNODES: '4',
      PET_NPROC_PER_NODE: '8',
      PET_NODE_RANK: index,
      JAX_COORDINATOR_ADDRESS: 'fraud-1-train-0.fraud-1-train:29500',
      JAX_NUM_PROCESSES: '4',
      JAX_PROCESS_ID: index,
      DMLC_TRACKER_URI: 'fraud-1-train-0.fraud-1-train',
      DMLC_TRACKER_PORT: '29500',
      DMLC_NUM_WORKER: '4',
      DMLC_TASK_ID: index,
    });
  });

  it('tells accelerate of processors only where there is nothing else', () => {
    const cpu = { ACCELERATE_USE_CPU: 'true' };
    expect(variables({ nodes: 2 })).toMatchObject(cpu);
    expect(variables({ nodes: 2, resources: { cpu: '4' } })).toMatchObject(cpu);
    expect(variables({ nodes: 2, ...gpus(1) })).not.toHaveProperty('ACCELERATE_USE_CPU');
    expect(variables({ nodes: 2, accelerator: { profile: 'h100', count: 1 } })).not.toHaveProperty(
      'ACCELERATE_USE_CPU',
    );
    expect(variables({ nodes: 2, resources: { extended: { 'example.com/tpu': '4' } } })).not.toHaveProperty(
      'ACCELERATE_USE_CPU',
    );
  });

  it('is that of Open MPI for JAX alone, and with all devices of the pod', () => {
    const openMPI = Object.keys(variables({ nodes: 2 })).filter((name) => name.startsWith('OMPI_'));
    expect(openMPI).toEqual([]);
    expect(variables({ nodes: 2, rendezvous: 'JAX', ...gpus(4) })).toMatchObject({
      OMPI_MCA_orte_hnp_uri: '0.0;tcp://fraud-1-train-0.fraud-1-train:29500',
      OMPI_COMM_WORLD_SIZE: '2',
      OMPI_COMM_WORLD_RANK: index,
      OMPI_COMM_WORLD_LOCAL_RANK: '0',
      JAX_LOCAL_DEVICE_IDS: '0,1,2,3',
      MASTER_ADDR: 'fraud-1-train-0.fraud-1-train',
    });
  });

  it('of JAX works on one pod too, which has no Service', () => {
    expect(variables({ rendezvous: 'JAX' })).toEqual({
      OMPI_MCA_orte_hnp_uri: '0.0;tcp://127.0.0.1:29500',
      OMPI_COMM_WORLD_SIZE: '1',
      OMPI_COMM_WORLD_RANK: '0',
      OMPI_COMM_WORLD_LOCAL_RANK: '0',
      JAX_COORDINATOR_ADDRESS: '127.0.0.1:29500',
      JAX_LOCAL_DEVICE_IDS: '0',
    });
  });
});
