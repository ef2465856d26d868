# The rows of the last ten minutes, again and again.
until rpk topic consume "$topic" --offset @-10m:end --format '%v\n' | grep "$pattern"; do
  sleep 2
done
