import { remoteStorage } from './remote.ts';

/** One file of a web server, which is never unpacked. */
export const https = remoteStorage({
  scheme: 'https',
  form: 'https://<host>/<path>',
  authority: '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?',
  isWritable: false,
});
