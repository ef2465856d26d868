/** What `--help` says below the options. */
export const explanation = `
Reads log records of Redpanda Connect, in whatever form they come: the topic
__redpanda.connect.logs as rpk prints it, or the output of a container. Names in
commands are filled in from the module's state: --state, or terraform.tfstate in
the working directory, whose pipeline is then the one to look at.

  terraform show -json > state.json
  rpk topic consume __redpanda.connect.logs --offset :end | rpcn-aurora doctor --state state.json
  docker logs connect 2>&1 | rpcn-aurora doctor

With --live it asks AWS (by aws), Redpanda Cloud (as discover does, and by rpk)
and the database (by psql or mysql, where a password is in the environment or a
file of theirs). It changes nothing, reads no secret, shows each command with its
answer, and says what it skips. The folder of --state is the module's.

  rpcn-aurora doctor --live --state .

Secrets in records are masked in whatever it prints. All texts that it knows are
in docs/troubleshooting.md.

Exit codes: 0 rows are streaming; 1 a cause was found; 2 a mistake in the
command's use; 3 nothing was recognised, and what to look at is printed instead;
4 something fails, and the catalogue does not know why: message, place as far as
it can be told, and what to look at there are printed.
With --follow, the code is that of the last report. With --live, 3 says that
nothing is broken as far as could be looked, and 4 does not occur.
`;
