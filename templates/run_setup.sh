if ! command -v "$client" >/dev/null; then
  echo "$client is not on the PATH of this machine, which prepares the database: install it and apply again."
  exit 1
fi

if [ -n "$FILES" ]; then
  ca=${FILES}rds-ca.pem
  setup=${FILES}cdc_setup.sql
  sql=
else
  folder=$(mktemp -d) || exit
  trap 'rm -r "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  ca=$folder/rds-ca.pem
  printf '%s' "$RDS_CA_PEM" >"$ca"
  setup=-
  sql=$CDC_SETUP
  unset RDS_CA_PEM CDC_SETUP
fi

# Terraform prints what a command says, secrets included: so only lines that begin like the client's
# own pass, and none with the password in it.
harmless_lines() {
  while IFS= read -r line; do
    case $line in *"$password"*) continue ;; esac
    if is_harmless "$line"; then printf '%s\n' "$line"; fi
  done
}

# Kept in memory: there is no file that could be left behind.
if said=$(printf '%s' "$sql" | run_setup 2>&1); then
  printf '%s\n' "$said" | harmless_lines
  exit 0
fi
shown=$(printf '%s\n' "$said" | harmless_lines)
printf '%s\n' "${shown:-What the client said may contain a secret and is not shown: the output db_setup_command runs the same SQL by hand.}"
echo "$client could not run generated_cdc_setup.sql on $DB_HOST:$DB_PORT as $DB_USER. Nothing streams yet: fix the problem above, and apply again. A time-out means that the security group does not let this machine's address in."
exit 1
