import type { IEnvVar } from 'kubernetes-models/v1';
import { jobController } from '../../../../api/labels.ts';
import { isGang, type Recipe } from '../../../../domain/recipe.ts';

export const rendezvousPort = 29500;

const completionIndex = { fieldRef: { fieldPath: `metadata.annotations['${jobController.completionIndex}']` } };

/**
 * By which the processes of a gang find each other, whatever library they use, and which a user's variables may replace.
 * @param job whose pods they are in; the Service of a gang has its name.
 */
export function rendezvous(recipe: Recipe, job: string): IEnvVar[] {
  const variables: Record<string, Value> = {
    ...(isGang(recipe) && { ...hosts(recipe, job), ...together(recipe, job) }),
    ...(recipe.rendezvous === 'JAX' && openMPI(recipe, job)),
  };
  return Object.entries(variables).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, valueFrom: value },
  );
}

type Value = string | typeof completionIndex;

const port = String(rendezvousPort);
const leaderOf = (job: string) => `${job}-0.${job}`;
const nodesOf = ({ nodes = 1 }: Recipe) => nodes;
const processesPerNode = ({ accelerator }: Recipe) => accelerator?.count ?? 1;

/** For launchers and libraries that are told by arguments: Kubernetes puts `$(FLYBALL_HOSTS)` into them. */
function hosts(recipe: Recipe, job: string): Record<string, Value> {
  return {
    FLYBALL_PROCESSES: String(nodesOf(recipe) * processesPerNode(recipe)),
    FLYBALL_HOSTS: Array.from({ length: nodesOf(recipe) }, (_, index) => `${job}-${index}.${job}`).join(','),
  };
}

/**
 * WORLD_SIZE and RANK count pods, as if one process ran in each: launchers, such as torchrun, which reads PET_*, set their own for the
 * processes that they start. Without LOCAL_RANK, accelerate would take each pod for a training of its own.
 */
function together(recipe: Recipe, job: string): Record<string, Value> {
  const leader = leaderOf(job);
  const nodes = String(nodesOf(recipe));
  return {
    MASTER_ADDR: leader,
    MASTER_PORT: port,
    WORLD_SIZE: nodes,
    RANK: completionIndex,
    NODE_RANK: completionIndex,
    LOCAL_RANK: '0',
    LOCAL_WORLD_SIZE: '1',
    ...(hasProcessorsAlone(recipe) && { ACCELERATE_USE_CPU: 'true' }),
    PET_MASTER_ADDR: leader,
    PET_MASTER_PORT: port,
    PET_NNODES: nodes,
    PET_NPROC_PER_NODE: String(processesPerNode(recipe)),
    PET_NODE_RANK: completionIndex,
    JAX_COORDINATOR_ADDRESS: `${leader}:${port}`,
    JAX_NUM_PROCESSES: nodes,
    JAX_PROCESS_ID: completionIndex,
    DMLC_TRACKER_URI: leader,
    DMLC_TRACKER_PORT: port,
    DMLC_NUM_WORKER: nodes,
    DMLC_TASK_ID: completionIndex,
  };
}

/** On processors accelerate trains together only if it is told so; on an accelerator it must not be. */
function hasProcessorsAlone({ accelerator, resources }: Recipe): boolean {
  return accelerator === undefined && Object.keys(resources?.extended ?? {}).length === 0;
}

/**
 * What `jax.distributed.initialize()` without arguments looks for. Only for those who ask: libraries of MPI would take it for mpirun, and
 * DeepSpeed refuses a LOCAL_RANK of torchrun that is another one than Open MPI's.
 */
function openMPI(recipe: Recipe, job: string): Record<string, Value> {
  const leader = isGang(recipe) ? leaderOf(job) : '127.0.0.1';
  const devices = Array.from({ length: processesPerNode(recipe) }, (_, index) => index);
  return {
    OMPI_MCA_orte_hnp_uri: `0.0;tcp://${leader}:${port}`,
    OMPI_COMM_WORLD_SIZE: String(nodesOf(recipe)),
    OMPI_COMM_WORLD_RANK: isGang(recipe) ? completionIndex : '0',
    OMPI_COMM_WORLD_LOCAL_RANK: '0',
    JAX_COORDINATOR_ADDRESS: `${leader}:${port}`,
    // Else a process would use the one device of its local rank.
    JAX_LOCAL_DEVICE_IDS: devices.join(','),
  };
}
