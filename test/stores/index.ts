/**
 * Real stores for tests: each is a program on this machine, with what an installation and a Secret have to say of it, and keeps its
 * objects in the folder that it is given. Pods of a local cluster reach a store that listens at `cluster.machine`, and none that listens
 * on loopback. `startPassage` stands between, and cuts, stalls or counts.
 */
export { type Authority, makeAuthority } from './authority.ts';
export { startAzure } from './azure.ts';
export { startGoogle } from './google.ts';
export { startHTTPS } from './https.ts';
export { type HubOptions, type HubStore, startHub } from './hub.ts';
export { type Passage, startPassage } from './passage.ts';
export { type Proxy, startProxy } from './proxy.ts';
export { startS3 } from './s3.ts';
export type { Store, StoreOptions } from './store.ts';
