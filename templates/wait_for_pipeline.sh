# Told by wait_for_pipeline_command: the URL of the cluster's API, and the pipeline's id.
pipeline=$1/v1/redpanda-connect/pipelines/$2

if [ -z "$REDPANDA_ACCESS_TOKEN" ]; then
  echo "REDPANDA_ACCESS_TOKEN is not set. It is a token of Redpanda Cloud's API, which a service account gets." >&2
  exit 1
fi

tries=120
while [ "$tries" -gt 0 ]; do
  # The token comes by standard input: arguments are there for all to see.
  answer=$(printf 'header = "Authorization: Bearer %s"\n' "$REDPANDA_ACCESS_TOKEN" |
    curl --silent --show-error --fail --retry 3 --config - "$pipeline") || {
    echo "$pipeline did not answer. A 401 means that REDPANDA_ACCESS_TOKEN is wrong or no longer valid." >&2
    exit 1
  }
  answer=$(printf '%s' "$answer" | tr '\n' ' ')
  state=$(printf '%s' "$answer" | sed -n 's/.*"state": *"STATE_\([A-Z]*\)".*/\1/p')
  case $state in
    RUNNING)
      echo "The pipeline runs."
      exit
      ;;
    STARTING | STOPPING)
      tries=$((tries - 1))
      sleep 5
      ;;
    *)
      error=$(printf '%s' "$answer" | sed -n 's/.*"status": *{[^}]*"error": *"\(\([^"\\]\|\\.\)*\)".*/\1/p')
      echo "The pipeline does not run, its state is ${state:-not told}: ${error:-Redpanda gives no reason}." >&2
      exit 1
      ;;
  esac
done
echo "The pipeline has not started in ten minutes: see its log by logs_command." >&2
exit 1
