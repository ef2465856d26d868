# Told by the commands that call it: a file of statements, or - for one on each line of the standard
# input; then the cluster's ARN, that of the secret with the name and password to log in with, the
# database, the region, and the profile, if any.
script=$1
cluster=$2
secret=$3
database=$4
region=$5
profile=$6
transaction=
export AWS_PAGER=

if ! command -v aws >/dev/null; then
  echo "aws is not on the PATH of this machine, which prepares the database: install the AWS CLI, version 2, and run/apply again." >&2
  exit 1
fi

api() {
  aws "$@" --region "$region" ${profile:+--profile "$profile"} --output text
}

is_switched_on() {
  [ "$(api rds describe-db-clusters --db-cluster-identifier "$cluster" --query 'DBClusters[0].HttpEndpointEnabled' 2>/dev/null)" = True ]
}

# Calls the Data API. A new endpoint is there some minutes after its cluster, and a paused instance some
# seconds after the first call.
call() {
  tries=36
  until said=$(api rds-data "$@" --resource-arn "$cluster" --secret-arn "$secret" 2>&1 >&3); do
    case $said in
      *DatabaseResumingException*) ;;
      *HttpEndpointNotEnabledException*) is_switched_on || stop ;;
      *) stop ;;
    esac
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || stop
    sleep 5
  done
} 3>&1

stop() {
  printf '%s\n' "$said" | sed '/^$/d' >&2
  case $said in
    *HttpEndpointNotEnabledException*)
      echo "The cluster's HTTP endpoint is off. Nothing has changed. Switch it on, which interrupts nothing, and run/apply again: aws rds enable-http-endpoint --resource-arn $cluster --region $region${profile:+ --profile $profile}. AWS has none for instances of class T." >&2
      ;;
    *)
      echo "The SQL could not be run on $cluster by the Data API.${transaction:+ Nothing has changed.} Fix the problem above, and run/apply again. What the database advises beside an error is in its log in CloudWatch." >&2
      ;;
  esac
  exit 1
}

begin() {
  transaction=$(call begin-transaction --database "$database" --query transactionId) || exit 1
}

commit() {
  # Whether a commit without an answer has taken place, nobody knows.
  ending=$transaction
  transaction=
  call commit-transaction --transaction-id "$ending" --query transactionStatus >/dev/null
}

# Runs the statement in its standard input, and prints the rows that it answers. Outside of a
# transaction, a change of a table goes on when the call has taken its 45 seconds.
run() {
  statement=$(cat)
  if [ -n "$transaction" ]; then set -- --transaction-id "$transaction"; else set -- --continue-after-timeout; fi
  rows=$(call execute-statement --database "$database" --sql "$statement" "$@" \
    --query 'join(`"\n"`, records[].stringValue || [`""`])') || exit 1
  if [ -n "$rows" ]; then printf '%s\n' "$rows"; fi
}

# Runs what it reads, a statement a line.
run_lines() {
  while IFS= read -r line; do
    if [ -n "$line" ]; then
      run <<SQL
$line
SQL
    fi
  done
}

# Runs the statement in its standard input, and then the one that it answers.
run_answer() {
  answer=$(run) || exit 1
  run_lines <<SQL
$answer
SQL
}

# What was not committed is taken back at once, and not after the three minutes that AWS waits.
trap '[ -z "$transaction" ] || api rds-data rollback-transaction --resource-arn "$cluster" --secret-arn "$secret" --transaction-id "$transaction" >/dev/null 2>&1' EXIT
trap 'exit 1' HUP INT TERM

if [ "$script" != - ]; then
  case $script in
    /*) . "$script" ;;
    *) . "./$script" ;;
  esac
else
  run_lines
fi
