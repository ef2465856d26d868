give() {
  export PGPASSWORD="$1"
  # What the user's own service file says would go before it.
  unset PGSERVICE
}
