// Command licensed is Redpanda Connect with the inputs that the generated
// pipelines name, postgres_cdc and mysql_cdc. They want a licence for Redpanda
// Enterprise, in the variable REDPANDA_LICENSE or where Redpanda's own programs
// look for it; without one they say so, and the program ends.
//
// Its command line is Redpanda Connect's: licensed run pipeline.yaml
package main

import (
	"context"
	"os"

	_ "github.com/redpanda-data/benthos/v4/public/components/io"
	_ "github.com/redpanda-data/benthos/v4/public/components/pure"
	"github.com/redpanda-data/benthos/v4/public/service"
	_ "github.com/redpanda-data/connect/v4/public/components/confluent"
	_ "github.com/redpanda-data/connect/v4/public/components/kafka"
	_ "github.com/redpanda-data/connect/v4/public/components/mysql"
	_ "github.com/redpanda-data/connect/v4/public/components/postgresql"
	"github.com/redpanda-data/connect/v4/public/license"
)

func main() {
	service.RunCLI(context.Background(), service.CLIOptOnConfigParse(func(config *service.ParsedConfig) error {
		if text := os.Getenv("REDPANDA_LICENSE"); text != "" {
			return license.StoreCustomLicenseBytes(config.Resources(), []byte(text))
		}
		license.LocateLicense(config.Resources())
		return nil
	}))
}
