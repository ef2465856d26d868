# Passed by first_row_command: the topic, the tables' schema, and the client that connects.
topic=$1
schema=$2
shift 2
row=$(date +%s)
"$@" --command="INSERT INTO \"$schema\".iamuser_test (x) VALUES ($row)" || exit
pattern="\"x\":$row[,}]"
