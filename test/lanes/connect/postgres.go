package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/redpanda-data/benthos/v4/public/schema"
	"github.com/redpanda-data/benthos/v4/public/service"
)

// The replication protocol: https://www.postgresql.org/docs/current/protocol-replication.html
// and pgoutput's messages: https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html

func init() {
	spec := fields(
		service.NewStringField("dsn"),
		service.NewStringField("schema"),
		service.NewStringField("slot_name"),
	)
	service.MustRegisterBatchInput("lane_postgres", spec,
		func(config *service.ParsedConfig, resources *service.Resources) (service.BatchInput, error) {
			p := &postgres{types: pgtype.NewMap()}
			var err error
			if p.dsn, err = config.FieldString("dsn"); err != nil {
				return nil, err
			}
			if p.slot, err = config.FieldString("slot_name"); err != nil {
				return nil, err
			}
			return newInput(config, resources, p)
		})
}

type postgres struct {
	dsn, slot string
	types     *pgtype.Map

	conn      *pgconn.PgConn
	relations map[uint32]relation
	// End of the last transaction whose rows are all written.
	confirmed *atomic.Uint64
	// When the transaction was committed whose rows are read.
	committed time.Time
}

type relation struct {
	name    string
	columns []column
}

type column struct {
	name string
	key  bool
	oid  uint32
	// Of the type, such as precision and scale; -1 without any.
	modifier int32
}

const duplicateObject = "42710"

func (p *postgres) connect(ctx context.Context) error {
	config, err := pgconn.ParseConfig(p.dsn)
	if err != nil {
		return err
	}
	config.RuntimeParams["replication"] = "database"
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	// The slot keeps the position, from its creation on.
	_, err = conn.Exec(ctx, fmt.Sprintf("CREATE_REPLICATION_SLOT %s LOGICAL pgoutput NOEXPORT_SNAPSHOT", p.slot)).ReadAll()
	if refusal := (*pgconn.PgError)(nil); err != nil && !(errors.As(err, &refusal) && refusal.Code == duplicateObject) {
		conn.Close(ctx)
		return err
	}
	conn.Frontend().Send(&pgproto3.Query{String: fmt.Sprintf(
		"START_REPLICATION SLOT %s LOGICAL 0/0 (proto_version '1', publication_names '\"pglog_stream_%s\"')", p.slot, p.slot,
	)})
	if err := conn.Frontend().Flush(); err != nil {
		conn.Close(ctx)
		return err
	}
	for {
		answer, err := conn.ReceiveMessage(ctx)
		if err != nil {
			conn.Close(ctx)
			return err
		}
		if refusal, is := answer.(*pgproto3.ErrorResponse); is {
			conn.Close(ctx)
			return pgconn.ErrorResponseToPgError(refusal)
		}
		if _, is := answer.(*pgproto3.CopyBothResponse); is {
			p.conn = conn
			p.relations = map[uint32]relation{}
			p.confirmed = &atomic.Uint64{}
			return nil
		}
	}
}

func (p *postgres) close() {
	_ = p.conn.Close(context.Background())
}

// The server ends a connection that says nothing for a minute.
const statusEvery = time.Second

func (p *postgres) stream(ctx context.Context, emit func(change) error) error {
	// Changes wait in a queue, so that the server is answered while a broker is away.
	queue := make(chan change)
	failed := make(chan error, 1)
	go func() {
		for one := range queue {
			if err := emit(one); err != nil {
				failed <- err
				return
			}
		}
	}()
	defer close(queue)
	status := time.NewTicker(statusEvery)
	defer status.Stop()
	rows := &transaction{confirm: nothing, emit: func(one change) error {
		for {
			select {
			case queue <- one:
				return nil
			case err := <-failed:
				return err
			case <-status.C:
				if err := p.sendStatus(); err != nil {
					return err
				}
			}
		}
	}}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-status.C:
			if err := p.sendStatus(); err != nil {
				return err
			}
		default:
		}
		waiting, cancel := context.WithTimeout(ctx, statusEvery)
		message, err := p.conn.ReceiveMessage(waiting)
		cancel()
		if err != nil {
			if pgconn.Timeout(err) && ctx.Err() == nil {
				continue
			}
			return err
		}
		switch message := message.(type) {
		case *pgproto3.CopyData:
			if err := p.replication(message.Data, rows); err != nil {
				return err
			}
		case *pgproto3.ErrorResponse:
			return pgconn.ErrorResponseToPgError(message)
		case *pgproto3.CopyDone:
			return errEnded
		}
	}
}

func (p *postgres) replication(data []byte, rows *transaction) error {
	switch data[0] {
	case 'k':
		if data[17] == 1 {
			return p.sendStatus()
		}
	case 'w':
		return p.logical(binary.BigEndian.Uint64(data[1:]), data[25:], rows)
	}
	return nil
}

// Microseconds since 2000-01-01, as PostgreSQL counts them.
const epoch = 946_684_800_000_000

func (p *postgres) sendStatus() error {
	confirmed := p.confirmed.Load()
	status := []byte{'r'}
	for range 3 {
		status = binary.BigEndian.AppendUint64(status, confirmed)
	}
	status = binary.BigEndian.AppendUint64(status, uint64(time.Now().UnixMicro()-epoch))
	encoded, err := (&pgproto3.CopyData{Data: append(status, 0)}).Encode(nil)
	if err != nil {
		return err
	}
	return p.conn.Frontend().SendUnbufferedEncodedCopyData(encoded)
}

func (p *postgres) logical(lsn uint64, data []byte, rows *transaction) error {
	r := &reader{data: data}
	switch kind := r.byte(); kind {
	case 'B':
		r.uint64()
		p.committed = time.UnixMicro(int64(r.uint64()) + epoch)
	case 'C':
		r.byte()
		r.uint64()
		end := r.uint64()
		confirmed := p.confirmed
		return rows.end(func(context.Context) error {
			confirmed.Store(end)
			return nil
		})
	case 'R':
		id := r.uint32()
		r.text() // The schema, of which an input has one.
		one := relation{name: r.text()}
		r.byte()
		for range r.uint16() {
			key := r.byte()&1 == 1
			one.columns = append(one.columns,
				column{name: r.text(), key: key, oid: r.uint32(), modifier: int32(r.uint32())})
		}
		p.relations[id] = one
	case 'I', 'U', 'D':
		// Whatever the publication has, such as a table that was renamed: as processChange and
		// toStreamMessage do, which look at no list of tables.
		//
		// https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/logical_stream.go
		of := p.relations[r.uint32()]
		operation := map[byte]string{'I': "insert", 'U': "update", 'D': "delete"}[kind]
		var row, before map[string]any
		tuple := r.byte()
		if tuple == 'K' || tuple == 'O' {
			before = p.tuple(r, of, nil)
			if kind == 'U' {
				tuple = r.byte()
			}
		}
		if tuple == 'N' {
			row = p.tuple(r, of, before)
		} else {
			row = before
		}
		message := service.NewMessage(nil)
		message.SetStructuredMut(row)
		message.MetaSetMut("table", of.name)
		message.MetaSetMut("operation", operation)
		// Padded, because it is documented as text that can be sorted.
		message.MetaSetMut("lsn", fmt.Sprintf("%08X/%08X", lsn>>32, uint32(lsn)))
		message.MetaSetMut("commit_ts_ms", strconv.FormatInt(p.committed.UnixMilli(), 10))
		message.MetaSetMut("schema", of.commonSchema())
		if before != nil {
			message.MetaSetMut("before", before)
		}
		return rows.add(message)
	}
	return nil
}

// tuple reads a row. An update does not repeat large values that it leaves as
// they were (TOAST): they are documented to come from the row before, as far as
// the replica identity keeps it, and else to be null (unchanged_toast_value).
func (p *postgres) tuple(r *reader, of relation, before map[string]any) map[string]any {
	row := map[string]any{}
	for index := range r.uint16() {
		column := of.columns[index]
		switch r.byte() {
		case 't':
			row[column.name] = p.value(column.oid, r.bytes(int(r.uint32())))
		case 'u':
			row[column.name] = before[column.name]
		default:
			row[column.name] = nil
		}
	}
	return row
}

// value has the Go type that the connector documents for a column's type, and
// the server's own text for all types that it does not list:
//
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/TYPES.md
// https://docs.redpanda.com/connect/components/inputs/postgres_cdc/#data-mappings
func (p *postgres) value(oid uint32, text []byte) any {
	switch oid {
	case pgtype.BoolOID:
		return text[0] == 't'
	case pgtype.Int2OID, pgtype.Int4OID:
		return scanned[int32](p, oid, text)
	case pgtype.Int8OID:
		return scanned[int64](p, oid, text)
	case pgtype.Float4OID:
		return scanned[float32](p, oid, text)
	case pgtype.Float8OID:
		return scanned[float64](p, oid, text)
	case pgtype.ByteaOID:
		return scanned[[]byte](p, oid, text)
	case pgtype.DateOID, pgtype.TimestampOID, pgtype.TimestamptzOID:
		if strings.HasSuffix(string(text), "infinity") {
			return nil
		}
		return scanned[time.Time](p, oid, text)
	case pgtype.JSONOID, pgtype.JSONBOID:
		return parsed(text)
	case pgtype.Int4ArrayOID:
		return elements(scanned[[]*int32](p, oid, text))
	case pgtype.TextArrayOID:
		return elements(scanned[[]*string](p, oid, text))
	}
	return string(text)
}

// scanned panics where the server's text is none of its own type.
func scanned[T any](p *postgres, oid uint32, text []byte) (value T) {
	if err := p.types.Scan(oid, pgtype.TextFormatCode, text, &value); err != nil {
		panic(err)
	}
	return value
}

func elements[T any](list []*T) []any {
	all := make([]any, len(list))
	for index, element := range list {
		if element != nil {
			all[index] = *element
		}
	}
	return all
}

// parsed is as json.Unmarshal reads: numbers are float64.
func parsed(text []byte) (value any) {
	if json.Unmarshal(text, &value) != nil {
		return string(text)
	}
	return value
}

// commonSchema has for each column the type that the connector gives it, as
// read in its source:
//
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/schema.go
func (of relation) commonSchema() any {
	row := schema.Common{Name: of.name, Type: schema.Object}
	for _, column := range of.columns {
		row.Children = append(row.Children, commonColumn(column))
	}
	return row.ToAny()
}

func commonColumn(of column) schema.Common {
	if of.oid == pgtype.NumericOID {
		// Precision and scale, and four more; none of them is -1.
		if size := of.modifier - 4; size >= 0 {
			if decimal, err := schema.NewDecimal(of.name, size>>16, size&0xFFFF, true); err == nil {
				return decimal
			}
		}
		return schema.NewBigDecimal(of.name, true)
	}
	kind, known := commonTypes[of.oid]
	if !known {
		kind = schema.Any
	}
	return schema.Common{Name: of.name, Type: kind, Optional: true}
}

var commonTypes = map[uint32]schema.CommonType{
	pgtype.BoolOID: schema.Boolean,
	pgtype.Int2OID: schema.Int32, pgtype.Int4OID: schema.Int32, pgtype.Int8OID: schema.Int64,
	pgtype.Float4OID: schema.Float32, pgtype.Float8OID: schema.Float64,
	pgtype.TextOID: schema.String, pgtype.VarcharOID: schema.String, pgtype.BPCharOID: schema.String,
	pgtype.QCharOID: schema.String, pgtype.NameOID: schema.String, pgtype.UUIDOID: schema.String,
	pgtype.TimeOID: schema.String, pgtype.TimetzOID: schema.String,
	pgtype.ByteaOID:     schema.ByteArray,
	pgtype.DateOID:      schema.Timestamp,
	pgtype.TimestampOID: schema.Timestamp, pgtype.TimestamptzOID: schema.Timestamp,
}

// reader takes a message apart.
type reader struct{ data []byte }

func (r *reader) bytes(count int) []byte {
	taken := r.data[:count]
	r.data = r.data[count:]
	return taken
}

func (r *reader) byte() byte     { return r.bytes(1)[0] }
func (r *reader) uint16() uint16 { return binary.BigEndian.Uint16(r.bytes(2)) }
func (r *reader) uint32() uint32 { return binary.BigEndian.Uint32(r.bytes(4)) }
func (r *reader) uint64() uint64 { return binary.BigEndian.Uint64(r.bytes(8)) }

func (r *reader) text() string {
	text := r.bytes(bytes.IndexByte(r.data, 0))
	r.byte()
	return string(text)
}
