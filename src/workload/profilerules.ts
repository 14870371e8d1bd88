/** What hardware profiles cannot say, since no pod could have it. Helm refuses the same in the same words: charts/flyball/templates/_accelerators.tpl. */
import type { Toleration } from '../api/generated/shared.ts';
import { sizeOf } from '../api/size.ts';
import { firstMatch, type Rule } from '../api/rules.ts';
import { bytesOf } from '../domain/quantity.ts';
import { productLabel } from './container.ts';
import type { HardwareProfile } from './hardware.ts';

const mostProfiles = 32;

/** In characters, as the schemas have it. */
const longestValue = 2048;

/** In bytes of JSON: a snapshot holds the profile beside its recipe, and an environment variable all of them. */
const largestProfile = 4000;

/** Why these cannot be the profiles of an installation, of which one; undefined if they can. */
export function profilesProblem(profiles: readonly HardwareProfile[]): string | undefined {
  if (profiles.length > mostProfiles) return `has ${profiles.length} profiles: write at most ${mostProfiles}`;
  for (const [index, profile] of profiles.entries()) {
    const name = JSON.stringify(profile.name);
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(profile.name)) {
      return `has the name ${name}: use at most 63 lower-case letters, digits and "-", since people write it in accelerator.profile`;
    }
    if (profiles.findIndex((other) => other.name === profile.name) !== index) {
      return `has the name ${name} twice: give each profile a name of its own`;
    }
    const problem = firstMatch(rules, profile);
    if (problem !== undefined) return `${name} ${problem}`;
  }
  return undefined;
}

/** Each says what is wrong and what to write. */
const rules: readonly Rule<[HardwareProfile], string>[] = [
  resourceProblem,
  productProblem,
  selectorProblem,
  tolerationProblem,
  runtimeClassProblem,
  sharedMemoryProblem,
  extendedProblem,
  variableProblem,
  sizeProblem,
];

const resourceName =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

const labelKey =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** The longest key of a label: a domain, a slash and a name. */
const longestKey = 317;

function isDevice(resource: string): boolean {
  return (
    resource.length <= 128 &&
    resourceName.test(resource) &&
    !resource.includes('kubernetes.io/') &&
    !resource.startsWith('requests.')
  );
}

function isKey(key: string): boolean {
  return key.length <= longestKey && labelKey.test(key);
}

function resourceProblem({ resource }: HardwareProfile): string | undefined {
  if (isDevice(resource)) return undefined;
  return `has the resource ${JSON.stringify(resource)}, which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu`;
}

function productProblem({ resource, product }: HardwareProfile): string | undefined {
  if (product === undefined) return undefined;
  if (product === '' || !labelValue.test(product)) {
    return `has the product ${JSON.stringify(product)}, which is no value of a label: write it as the node label ${productLabel(resource)} has it`;
  }
  if (!/\/.{56,}$/.test(resource)) return undefined;
  return `has a product, but no node can have the label ${productLabel(resource)}, whose name would be longer than 63 characters: remove product`;
}

function selectorProblem({ resource, product, nodeSelector = {} }: HardwareProfile): string | undefined {
  const entries = Object.entries(nodeSelector);
  if (entries.length > 16) return `has ${entries.length} labels in nodeSelector: write at most 16`;
  const wrong = entries.find(([key, value]) => !isKey(key) || !labelValue.test(value));
  if (wrong !== undefined) {
    return `has the label ${JSON.stringify(wrong.join('='))} in nodeSelector, which no node can have: write keys as in topology.kubernetes.io/zone and values of letters, digits, "-", "_" and "."`;
  }
  const label = productLabel(resource);
  if (product === undefined || !Object.hasOwn(nodeSelector, label)) return undefined;
  return `has a product and the label ${label} in nodeSelector, which is the same: keep product`;
}

function tolerationProblem({ tolerations = [] }: HardwareProfile): string | undefined {
  if (tolerations.length > 16) return `has ${tolerations.length} tolerations: write at most 16`;
  return firstMatch(tolerations.map((toleration) => () => firstMatch(tolerationRules, toleration)));
}

const tolerationRules: readonly Rule<[Toleration], string>[] = [
  ({ key, operator }) =>
    (key ?? '') === '' && operator !== 'Exists'
      ? 'has a toleration without key: name that of the taint, or write operator: Exists to tolerate all'
      : undefined,
  ({ key = '' }) =>
    key === '' || isKey(key)
      ? undefined
      : `has a toleration with the key ${JSON.stringify(key)}, which no taint can have: write for instance nvidia.com/gpu`,
  ({ value = '' }) =>
    labelValue.test(value)
      ? undefined
      : `has a toleration with the value ${JSON.stringify(value)}, which no taint can have: use letters, digits, "-", "_" and "."`,
  ({ operator, value = '' }) =>
    operator === 'Exists' && value !== ''
      ? `has a toleration with operator Exists and the value ${JSON.stringify(value)}: remove one of them`
      : undefined,
  ({ effect, tolerationSeconds }) =>
    tolerationSeconds === undefined || effect === 'NoExecute'
      ? undefined
      : 'has a toleration with tolerationSeconds, which only the effect NoExecute has: write effect: NoExecute, or remove it',
];

function runtimeClassProblem({ runtimeClassName: name }: HardwareProfile): string | undefined {
  const isName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  if (name === undefined || (name.length <= 253 && isName.test(name))) return undefined;
  return `has the runtimeClassName ${JSON.stringify(name)}, which is no name of a RuntimeClass: use lower-case letters, digits, "-" and "."`;
}

function sharedMemoryProblem({ sharedMemory }: HardwareProfile): string | undefined {
  if (sharedMemory === undefined || (bytesOf(sharedMemory) ?? 0) >= 1024 * 1024) return undefined;
  return `has the sharedMemory ${JSON.stringify(String(sharedMemory))}, which is no amount of memory: write at least "1Mi", for instance "16Gi"`;
}

function extendedProblem({ resource, extended = {} }: HardwareProfile): string | undefined {
  const entries = Object.entries(extended);
  if (entries.length > 8) return `has ${entries.length} extended resources: write at most 8`;
  const unknown = entries.find(([name]) => !isDevice(name));
  if (unknown !== undefined) {
    return `has the extended resource ${JSON.stringify(unknown[0])}, which is no device: write it as its device plugin advertises it, such as rdma/hca`;
  }
  if (Object.hasOwn(extended, resource)) {
    return `has its resource ${resource} in extended too: remove it there, since accelerator.count says how many`;
  }
  const odd = entries.find(([, amount]) => !/^[1-9][0-9]{0,8}$/.test(String(amount)));
  return odd && `has ${JSON.stringify(String(odd[1]))} of ${odd[0]} in extended: write a whole number of 1 or more`;
}

function variableProblem({ env = [] }: HardwareProfile): string | undefined {
  if (env.length > 32) return `has ${env.length} variables: write at most 32`;
  for (const [index, { name, value }] of env.entries()) {
    const told = `has the variable ${JSON.stringify(name)}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
      return `${told}, which is no name of one: use letters, digits and "_", and begin with no digit`;
    }
    if (name.startsWith('FLYBALL_')) return `${told}: names that begin with FLYBALL_ are the operator's`;
    if (env.findIndex((other) => other.name === name) !== index) return `${told} twice: keep one of them`;
    if (value.length > longestValue) return `${told} with ${value.length} characters: write at most ${longestValue}`;
  }
  return undefined;
}

function sizeProblem(profile: HardwareProfile): string | undefined {
  const size = sizeOf(profile);
  return size <= largestProfile ? undefined : `has ${size} bytes as JSON: write at most ${largestProfile}`;
}
