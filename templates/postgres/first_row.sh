# Passed by first_row_command: the topic, the tables' schema, the replication slot, and the client that
# connects.
topic=$1
schema=$2
slot=$3
shift 3
row=$(date +%s)
# There is one while the pipeline reads the slot.
reader="FROM pg_replication_slots WHERE slot_name = '$slot' AND active"
insert="INSERT INTO \"$schema\".iamuser_test (x) SELECT $row $reader;"
pattern="\"x\":$row[,}]"
