client=mysql
password=$MYSQL_PWD
# The user's own option files would take precedence over this password.
export MYSQL_TEST_LOGIN_FILE=/dev/null

run_setup() {
  # Oracle's client and MariaDB's name the option that verifies the server differently.
  verify=--ssl-verify-server-cert
  case $(mysql --no-defaults --help) in *--ssl-mode*) verify=--ssl-mode=VERIFY_IDENTITY ;; esac
  cat "$setup" | mysql --no-defaults --host="$DB_HOST" --port="$DB_PORT" --user="$DB_USER" --database="$DB_NAME" \
    --connect-timeout=10 --ssl-ca="$ca" "$verify"
}

is_harmless() {
  case $1 in
    "ERROR "* | "aws rds reboot-db-instance "*) ;;
    *) false ;;
  esac
}
