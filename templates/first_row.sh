# Writes the client's statements, until the row is on the topic: the client asks for a password once. A
# row from before the pipeline reads never arrives, so there is none without a reader, and another one
# every ten seconds.
statements() {
  end=$((row + 300))
  looks=0
  # The rows of the last ten minutes, again and again.
  until rpk topic consume "$topic" --offset @-10m:end --format '%v\n' | grep "$pattern" >&3; do
    [ "$(date +%s)" -lt "$end" ] || return
    # A line in any case: without a client, that ends this.
    if [ $((looks % 5)) -eq 0 ]; then echo "$insert"; else echo; fi
    looks=$((looks + 1))
    sleep 2
  done
}

arrived=$({ statements | "$@" >/dev/null; } 3>&1) || exit
if [ -z "$arrived" ]; then
  echo "No row has arrived on $topic in five minutes. The pipeline's log says why: rpcn-aurora doctor reads it. A row is inserted only while the pipeline reads, which the master user sees by: SELECT 1 $reader;" >&2
  exit 1
fi
printf '%s\n' "$arrived"
