#!/bin/bash
# In the place of the AWS CLI, which takes half a second for each of some twenty calls: the same requests
# to a Data API on port $PORT of the loopback, which answers with the words that the AWS CLI would print.
LC_ALL=C
case $2 in
  describe-db-clusters) path=/ ;;
  begin-transaction) path=/BeginTransaction ;;
  execute-statement) path=/Execute ;;
  commit-transaction) path=/CommitTransaction ;;
  rollback-transaction) path=/RollbackTransaction ;;
esac
shift 2
body=
while [ $# -gt 0 ]; do
  case $1 in
    --resource-arn) key=resourceArn ;;
    --secret-arn) key=secretArn ;;
    --transaction-id) key=transactionId ;;
    --database | --sql) key=${1#--} ;;
    --continue-after-timeout)
      body+=',"continueAfterTimeout":true'
      shift
      continue
      ;;
    *)
      shift 2
      continue
      ;;
  esac
  value=${2//'\'/'\\'}
  value=${value//'"'/'\"'}
  value=${value//$'\n'/'\n'}
  body+=",\"$key\":\"$value\""
  shift 2
done
body="{${body#,}}"
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
printf 'POST %s HTTP/1.0\r\naccept: text/plain\r\ncontent-length: %d\r\n\r\n%s' "$path" ${#body} "$body" >&3
if ! read -r _ status _ <&3; then
  printf '\nConnection was closed before we received a valid response from endpoint URL: "http://127.0.0.1:%s".\n' "$PORT" >&2
  exit 255
fi
while IFS= read -r header <&3 && [ "$header" != $'\r' ]; do :; done
answer=$(cat <&3)
if [ "$status" != 200 ]; then
  printf '%s\n' "$answer" >&2
  exit 254
fi
printf '%s\n' "$answer"
