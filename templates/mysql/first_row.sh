# Passed by first_row_command: the topic, the user that the pipeline logs in as, the tables' database,
# and the client that connects.
topic=$1
user=$2
database=$3
shift 3
row=$(date +%s)
# There is one while the pipeline reads the binary log.
reader="FROM information_schema.processlist WHERE user = '$user' AND command LIKE 'Binlog Dump%' LIMIT 1"
insert="INSERT INTO \`$database\`.iamuser_test (local_time) SELECT '$row' $reader;"
pattern="\"local_time\":\"$row\""
