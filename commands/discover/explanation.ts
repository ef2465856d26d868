/** What `--help` says below the options. */
export const explanation = `
Asks the Redpanda Cloud API as the service account whose REDPANDA_CLIENT_ID and
REDPANDA_CLIENT_SECRET are in the environment. Lines for a tfvars file go to
standard output, what they mean for this setup to standard error.

  rpcn-aurora discover
  rpcn-aurora discover --cluster curl3eo533cmsnt23dv0
  rpcn-aurora discover --cluster curl3eo533cmsnt23dv0 --tfvars my.tfvars

With --tfvars, values in the file are replaced and missing ones appended;
comments and order are kept.

A proxy is used where HTTPS_PROXY names one; NO_PROXY excepts hosts.

An organisation has a daily quota of tokens, so the token is kept until it
expires: in $XDG_CACHE_HOME/rpcn-aurora/, or ~/.cache/rpcn-aurora/, readable
only by you.

Exit codes: 0 done; 1 the API refused or cannot be reached, no module with a
pipeline fits the cluster, or a file cannot be written; 2 a mistake in the
command's use. With 1 and 2, the tfvars file is unchanged.
`;
