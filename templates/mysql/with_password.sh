give() {
  export MYSQL_PWD="$1"
  # What the user's own login file says would go before it.
  export MYSQL_TEST_LOGIN_FILE=/dev/null
}
