/** What `--help` says below the options. */
export const explanation = `
Asks the Redpanda Cloud API as the service account whose REDPANDA_CLIENT_ID and
REDPANDA_CLIENT_SECRET are in the environment, and AWS by the AWS CLI, with your
profiles, roles and SSO. Lines for a tfvars file go to standard output, what they
mean for this setup to standard error.

  rpcn-aurora discover
  rpcn-aurora discover --cluster curl3eo533cmsnt23dv0
  rpcn-aurora discover --aurora orders --region us-east-2 --profile shop
  rpcn-aurora discover --aurora orders --tfvars my.tfvars

With --aurora, it also lists the commands that the cluster lacks, in order, with
what each costs, and its tables, where psql or mysql finds a password by itself
(PGPASSWORD, ~/.pgpass, MYSQL_PWD, ~/.my.cnf ...). It changes nothing.

With --tfvars, values in the file are replaced and missing ones appended;
comments and order are kept, and so are a security_group_id of the cluster,
db_name, and the user who runs the setup SQL.

A proxy is used where HTTPS_PROXY names one; NO_PROXY excepts hosts.

An organisation has a daily quota of tokens, so the token is kept until it
expires: in $XDG_CACHE_HOME/rpcn-aurora/, or ~/.cache/rpcn-aurora/, readable
only by you.

Exit codes: 0 done; 1 who is asked refused or cannot be reached, no module fits
the cluster, or a file cannot be written; 2 a mistake in the command's use. With
1 and 2, the tfvars file is unchanged.
`;
