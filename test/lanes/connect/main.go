// Command connect is Redpanda Connect with two inputs of our own, lane_postgres
// and lane_mysql, in the place of postgres_cdc and mysql_cdc, which want a
// licence. They are written from the documentation of those two, and hand on
// the fields and metadata that it names. All else is Redpanda's.
//
// Its command line is Redpanda Connect's: connect run pipeline.yaml
package main

import (
	"context"

	_ "github.com/redpanda-data/benthos/v4/public/components/io"
	_ "github.com/redpanda-data/benthos/v4/public/components/pure"
	"github.com/redpanda-data/benthos/v4/public/service"
	_ "github.com/redpanda-data/connect/v4/public/components/confluent"
	_ "github.com/redpanda-data/connect/v4/public/components/kafka"
)

func main() {
	service.RunCLI(context.Background())
}
