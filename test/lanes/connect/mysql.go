package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/go-mysql-org/go-mysql/client"
	"github.com/go-mysql-org/go-mysql/mysql"
	"github.com/go-mysql-org/go-mysql/replication"
	"github.com/go-mysql-org/go-mysql/schema"
	common "github.com/redpanda-data/benthos/v4/public/schema"
	"github.com/redpanda-data/benthos/v4/public/service"
)

func init() {
	spec := fields(
		service.NewStringField("socket"),
		service.NewStringField("user"),
		service.NewStringField("database"),
		service.NewStringField("checkpoint_cache"),
		service.NewStringField("checkpoint_key"),
	)
	service.MustRegisterBatchInput("lane_mysql", spec,
		func(config *service.ParsedConfig, resources *service.Resources) (service.BatchInput, error) {
			b := &binaryLog{resources: resources}
			for field, value := range map[string]*string{
				"socket":           &b.socket,
				"user":             &b.user,
				"database":         &b.database,
				"checkpoint_cache": &b.cache,
				"checkpoint_key":   &b.key,
			} {
				var err error
				if *value, err = config.FieldString(field); err != nil {
					return nil, err
				}
			}
			var err error
			if b.names, err = config.FieldStringList("tables"); err != nil {
				return nil, err
			}
			return newInput(config, resources, b)
		})
}

type binaryLog struct {
	socket, user, database string
	cache, key             string
	names                  []string
	resources              *service.Resources

	conn   *client.Conn
	from   mysql.Position
	syncer *replication.BinlogSyncer
	tables map[string]*schema.Table
}

func (b *binaryLog) connect(ctx context.Context) error {
	conn, err := client.Connect(b.socket, b.user, "", b.database)
	if err != nil {
		return err
	}
	b.conn = conn
	b.tables = map[string]*schema.Table{}
	if b.from, err = b.position(ctx); err != nil {
		conn.Close()
		return err
	}
	b.syncer = replication.NewBinlogSyncer(replication.BinlogSyncerConfig{
		ServerID:                1001 + rand.Uint32N(1000),
		Flavor:                  mysql.MySQLFlavor,
		Host:                    b.socket,
		User:                    b.user,
		ParseTime:               true,
		TimestampStringLocation: time.UTC,
		// Not from where it broke off, which may be amid a transaction, but from what is kept.
		DisableRetrySync: true,
		Logger:           slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	return nil
}

// position is the one in the cache or, where none is kept yet, the log's end,
// which is kept no sooner than the rows after it: so the connector does it in
// getCachedBinlogPosition, startMySQLSync and flushBatch.
//
// https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/mysql/input_mysql_stream.go
func (b *binaryLog) position(ctx context.Context) (position mysql.Position, err error) {
	var kept []byte
	var found error
	if err := b.resources.AccessCache(ctx, b.cache, func(cache service.Cache) {
		kept, found = cache.Get(ctx, b.key)
	}); err != nil {
		return position, err
	}
	if found == nil {
		file, offset, _ := strings.Cut(string(kept), "@")
		position.Name = file
		_, err := fmt.Sscanf(offset, "%X", &position.Pos)
		return position, err
	}
	if !errors.Is(found, service.ErrKeyNotFound) {
		return position, found
	}
	status, err := b.conn.Execute("SHOW BINARY LOG STATUS")
	if err != nil {
		return position, err
	}
	position.Name, _ = status.GetString(0, 0)
	offset, err := status.GetUint(0, 1)
	position.Pos = uint32(offset)
	return position, err
}

func (b *binaryLog) keep(ctx context.Context, position mysql.Position) error {
	var failure error
	if err := b.resources.AccessCache(ctx, b.cache, func(cache service.Cache) {
		failure = cache.Set(ctx, b.key, []byte(inText(position)), nil)
	}); err != nil {
		return err
	}
	return failure
}

func inText(position mysql.Position) string {
	return fmt.Sprintf("%s@%08X", position.Name, position.Pos)
}

func (b *binaryLog) close() {
	b.syncer.Close()
	_ = b.conn.Close()
}

func (b *binaryLog) stream(ctx context.Context, emit func(change) error) error {
	events, err := b.syncer.StartSync(b.from)
	if err != nil {
		return err
	}
	rows := &transaction{confirm: nothing, emit: emit}
	file := b.from.Name
	for {
		event, err := events.GetEvent(ctx)
		if err != nil {
			return err
		}
		position := mysql.Position{Name: file, Pos: event.Header.LogPos}
		end := func() error {
			return rows.end(func(ctx context.Context) error { return b.keep(ctx, position) })
		}
		switch content := event.Event.(type) {
		case *replication.RotateEvent:
			file = string(content.NextLogName)
		case *replication.XIDEvent:
			if err := end(); err != nil {
				return err
			}
		case *replication.QueryEvent:
			if statement := string(content.Query); statement == "COMMIT" {
				if err := end(); err != nil {
					return err
				}
			} else if statement != "BEGIN" {
				b.tables = map[string]*schema.Table{}
			}
		case *replication.RowsEvent:
			if err := b.changes(event.Header.EventType, content, position, rows); err != nil {
				return err
			}
		}
	}
}

func (b *binaryLog) changes(
	kind replication.EventType, content *replication.RowsEvent, position mysql.Position, rows *transaction,
) error {
	name := string(content.Table.Table)
	if string(content.Table.Schema) != b.database || !slices.Contains(b.names, name) {
		return nil
	}
	table, known := b.tables[name]
	if !known {
		var err error
		if table, err = schema.NewTable(b.conn, b.database, name); err != nil {
			return err
		}
		b.tables[name] = table
	}
	operation, first, step := "insert", 0, 1
	switch kind {
	case replication.UPDATE_ROWS_EVENTv1, replication.UPDATE_ROWS_EVENTv2:
		// Each row before and after, by turns.
		operation, first, step = "update", 1, 2
	case replication.DELETE_ROWS_EVENTv1, replication.DELETE_ROWS_EVENTv2:
		operation = "delete"
	}
	for index := first; index < len(content.Rows); index += step {
		row := map[string]any{}
		for column, value := range content.Rows[index] {
			row[table.Columns[column].Name] = documented(table.Columns[column], value)
		}
		message := service.NewMessage(nil)
		message.SetStructuredMut(row)
		message.MetaSetMut("table", name)
		message.MetaSetMut("operation", operation)
		message.MetaSetMut("binlog_position", inText(position))
		if known := commonSchema(table); known != nil {
			message.MetaSetMut("schema", known)
		}
		if err := rows.add(message); err != nil {
			return err
		}
	}
	return nil
}

// documented has the Go type that the connector documents for a column's type:
//
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/mysql/TYPES.md
// https://docs.redpanda.com/connect/components/inputs/mysql_cdc/#data-mappings
func documented(column schema.TableColumn, value any) any {
	switch value := value.(type) {
	case int8, int16, int32, int64, int:
		number := signed(value)
		switch column.Type {
		case schema.TYPE_ENUM:
			if number < 1 || int(number) > len(column.EnumValues) {
				return ""
			}
			return column.EnumValues[number-1]
		case schema.TYPE_SET:
			chosen := []any{}
			for bit, name := range column.SetValues {
				if number&(1<<bit) != 0 {
					chosen = append(chosen, name)
				}
			}
			return chosen
		}
		if column.IsUnsigned {
			return unsigned(column, value)
		}
		return number
	case []byte:
		switch {
		case column.Type == schema.TYPE_JSON:
			return parsed(value)
		case strings.HasSuffix(column.RawType, "text"):
			return string(value)
		}
		return value
	case string:
		switch column.Type {
		case schema.TYPE_JSON:
			return parsed([]byte(value))
		case schema.TYPE_BINARY:
			return []byte(value)
		case schema.TYPE_DATE:
			if day, err := time.Parse(time.DateOnly, value); err == nil {
				return day
			}
			return nil
		case schema.TYPE_DATETIME, schema.TYPE_TIMESTAMP:
			// A valid one is no text any more.
			return nil
		}
	}
	return value
}

func signed(value any) int64 {
	switch value := value.(type) {
	case int8:
		return int64(value)
	case int16:
		return int64(value)
	case int32:
		return int64(value)
	case int64:
		return value
	}
	return int64(value.(int))
}

// unsigned reads the bits of a signed number anew: the log does not tell them apart.
func unsigned(column schema.TableColumn, value any) any {
	switch value := value.(type) {
	case int8:
		return uint64(uint8(value))
	case int16:
		return uint64(uint16(value))
	case int32:
		if column.Type == schema.TYPE_MEDIUM_INT {
			return uint64(uint32(value) & 0xFFFFFF)
		}
		return uint64(uint32(value))
	case int64:
		return uint64(value)
	}
	return value
}

// commonSchema has for each column the type that the connector gives it, as
// read in its source; nil where the connector refuses the table, and stops:
//
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/mysql/schema.go
func commonSchema(table *schema.Table) any {
	row := common.Common{Name: table.Name, Type: common.Object}
	for _, column := range table.Columns {
		of := common.Common{Name: column.Name, Type: common.String, Optional: true}
		switch column.Type {
		case schema.TYPE_NUMBER, schema.TYPE_MEDIUM_INT:
			of.Type = common.Int32
			isWide := strings.HasPrefix(column.RawType, "bigint")
			if isWide || column.IsUnsigned && strings.HasPrefix(column.RawType, "int") {
				of.Type = common.Int64
			}
		case schema.TYPE_FLOAT:
			of.Type = common.Float32
			if strings.HasPrefix(column.RawType, "double") {
				of.Type = common.Float64
			}
		case schema.TYPE_DECIMAL:
			var precision, scale int32
			if _, err := fmt.Sscanf(column.RawType, "decimal(%d,%d)", &precision, &scale); err != nil {
				return nil
			}
			decimal, err := common.NewDecimal(column.Name, precision, scale, true)
			if err != nil {
				return nil
			}
			of = decimal
		case schema.TYPE_DATETIME, schema.TYPE_TIMESTAMP, schema.TYPE_DATE:
			of.Type = common.Timestamp
		case schema.TYPE_BINARY, schema.TYPE_POINT:
			of.Type = common.ByteArray
		case schema.TYPE_BIT:
			of.Type = common.Int64
		case schema.TYPE_SET:
			of.Type = common.Array
			of.Children = []common.Common{{Name: "element", Type: common.String}}
		case schema.TYPE_JSON:
			of.Type = common.Any
		}
		row.Children = append(row.Children, of)
	}
	return row.ToAny()
}
