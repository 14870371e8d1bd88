import type { IModelDeployment } from '../../../src/api/types.ts';
import { digest, modelDeployment } from '../objects.ts';
import { type Place, refusedValue, type Refusal } from './refusal.ts';

type Server = IModelDeployment['spec']['server'];

const server = { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP' } as const;
const served = (fields: Partial<Server>) => modelDeployment({ server: { ...server, ...fields } });
const modelPath: Place = { field: 'spec.server.modelPath', at: (value) => served({ modelPath: value }) };
const beside = (path: string, mountPath: string) =>
  served({ modelPath: path, pod: { volumes: [{ name: 'own', mountPath, emptyDir: {} }] } });
const notApart =
  'Invalid value: modelPath "/mnt/models" is a mountPath of pod.volumes as well, or within or around one: choose paths of which none is within another';
const taken = (path: string) =>
  `modelPath "${path}" is taken: the rest of /flyball belongs to Flyball, and /dev, /proc, /sys and /var/run/secrets to the node; choose another path, such as /mnt/models`;

const pathRefusals: readonly Refusal[] = [
  refusedValue(
    'a model is at no absolute path',
    modelPath,
    'mnt/models',
    '/mnt/models',
    'modelPath "mnt/models" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /mnt/models',
  ),
  refusedValue(
    'a model is at a path that leads back',
    modelPath,
    '/mnt/../etc',
    '/mnt/.etc',
    'modelPath "/mnt/../etc" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /mnt/models',
  ),
  refusedValue(
    'a model is where Flyball has its own',
    modelPath,
    '/flyball/storage',
    '/flyball/model',
    taken('/flyball/storage'),
  ),
  refusedValue('a model is in the system', modelPath, '/proc', '/processes', taken('/proc')),
  {
    because: 'a model is where a volume is',
    object: beside('/mnt/models', '/mnt/models'),
    field: 'spec.server.modelPath',
    message: notApart,
    border: beside('/mnt/models', '/mnt/models-cache'),
  },
  {
    because: 'a model is within a volume',
    object: beside('/mnt/models', '/mnt'),
    field: 'spec.server.modelPath',
    message: notApart,
    border: beside('/mnt/models', '/mn'),
  },
  {
    because: 'a volume is within a model',
    object: beside('/mnt/models', '/mnt/models/cache'),
    field: 'spec.server.modelPath',
    message: notApart,
    border: beside('/mnt/models', '/mnt/cache'),
  },
];

const listening = (grpcPort: number, observe?: object) =>
  modelDeployment({ server: { ...server, grpcPort }, ...(observe && { observe }) });

const portRefusals: readonly Refusal[] = [
  {
    because: 'a server speaks both protocols at one port',
    object: listening(8080),
    field: 'spec.server.grpcPort',
    message:
      'Invalid value: server.grpcPort is 8080, as server.port is: let the server listen for gRPC on another port',
    border: listening(8081),
  },
  {
    because: 'a server listens for gRPC where the observer listens',
    object: listening(8901, {}),
    field: 'spec.server.grpcPort',
    message:
      'Invalid value: server.grpcPort is 8901, where the observer listens: let the server listen on another port or remove spec.observe',
    border: listening(8901),
  },
];

const streamed = (uri: string, fields: Partial<Server> = {}) =>
  modelDeployment({ model: { uri, digest, delivery: 'Server' }, server: { ...server, ...fields } });

const deliveryRefusals: readonly Refusal[] = [
  {
    because: 'a server gets by itself what is in a claim',
    object: streamed('pvc://models/fraud'),
    field: 'spec.model.delivery',
    message:
      'Invalid value: model.delivery is Server, and uri "pvc://models/fraud" is in a claim or an image, which can only be mounted: leave delivery out, or name a model in a store',
    border: streamed('s3://models/fraud'),
  },
  {
    because: 'a server gets by itself what is at a path',
    object: streamed('s3://models/fraud', { modelPath: '/mnt/models' }),
    field: 'spec.server.modelPath',
    message:
      'Invalid value: server.modelPath is "/mnt/models", and by model.delivery: Server nothing is mounted there: remove it, and let the server read FLYBALL_MODEL, which is the uri',
    border: modelDeployment({
      model: { uri: 's3://models/fraud', digest, delivery: 'Mount' },
      server: { ...server, modelPath: '/mnt/models' },
    }),
  },
  {
    because: 'it is said how to fetch what a server gets by itself',
    object: streamed('s3://models/fraud', { storage: { secretRef: { name: 'bucket' } } }),
    field: 'spec.server.storage',
    message:
      'Invalid value: server.storage says how Flyball fetches, and by model.delivery: Server it fetches nothing: remove it, and give the server its credentials by server.envFrom or its ServiceAccount',
    border: streamed('s3://models/fraud', { envFrom: [{ secretRef: { name: 'bucket' } }] }),
  },
];

/** Of the server's container. */
export const serverRefusals: readonly Refusal[] = [...pathRefusals, ...portRefusals, ...deliveryRefusals];
