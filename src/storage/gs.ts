import { remoteStorage } from './remote.ts';

/** Objects of a bucket of Google Cloud Storage. */
export const gs = remoteStorage({
  scheme: 'gs',
  form: 'gs://<bucket>/<path>',
  authority: '[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]',
  isWritable: true,
});
