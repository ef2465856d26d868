client=psql
password=$PGPASSWORD
# The user's own settings that would lead elsewhere.
unset PGSERVICE PGHOSTADDR PGOPTIONS

run_setup() {
  psql "host=$DB_HOST port=$DB_PORT user=$DB_USER dbname=$DB_NAME connect_timeout=10 sslmode=verify-full sslrootcert=$ca" \
    --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --file="$setup"
}

is_harmless() {
  case $1 in
    "psql:"* | "HINT: "*) ;;
    *) false ;;
  esac
}
