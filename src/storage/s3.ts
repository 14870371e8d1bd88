import { remoteStorage } from './remote.ts';

/** Objects of a bucket of Amazon S3, or of what speaks its protocol. */
export const s3 = remoteStorage({
  scheme: 's3',
  form: 's3://<bucket>/<path>',
  authority: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
  isWritable: true,
});
