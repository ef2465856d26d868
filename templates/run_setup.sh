if ! command -v "$client" >/dev/null; then
  echo "$client is not on the PATH of this machine, which prepares the database: install it and apply again."
  exit 1
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
if said=$(run_setup 2>&1 </dev/null); then
  printf '%s\n' "$said" | harmless_lines
  exit 0
fi
shown=$(printf '%s\n' "$said" | harmless_lines)
printf '%s\n' "${shown:-What the client said may contain a secret and is not shown: the output db_setup_command runs the same SQL by hand.}"
echo "$client could not run generated_cdc_setup.sql on $DB_HOST:$DB_PORT as $DB_USER. Nothing streams yet: fix the problem above, and apply again. A time-out means that the security group does not let this machine's address in."
exit 1
