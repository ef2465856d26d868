# Passed by first_row_command: the topic, and the client that connects.
topic=$1
shift
row=$(date +%s)
"$@" --execute="INSERT INTO iamuser_test (local_time) VALUES ('$row')" || exit
pattern="\"local_time\":\"$row\""
