# Values as JSON, by the schemas in the registry that rpk's profile names. Some versions of rpk name the
# type beside a value that may be null.
rpk() {
  command rpk "$@" --use-schema-registry=value | sed 's/{"[a-z]*":\([^{},]*\)}/\1/g'
}
