import { remoteStorage } from './remote.ts';

/** Blobs of a container of Azure Storage. */
export const abfss = remoteStorage({
  scheme: 'abfss',
  form: 'abfss://<container>@<account>.dfs.core.windows.net/<path>',
  authority:
    '[a-z0-9][a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}\\.dfs\\.core\\.(?:windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)',
  isWritable: true,
});
