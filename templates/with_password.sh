# The command's words are the operator's own.
set -f
secret=$($1 </dev/null) || exit
shift

# The text "password" of the JSON, with the escapes of printf in place of JSON's.
escaped=$(printf '%s\n' "$secret" | LC_ALL=C awk '
  function octal(byte) {
    return sprintf("\\0%03o", byte)
  }

  function utf8(code, tail) {
    if (code < 128) return octal(code)
    tail = octal(128 + code % 64)
    if (code < 2048) return octal(192 + int(code / 64)) tail
    tail = octal(128 + int(code / 64) % 64) tail
    if (code < 65536) return octal(224 + int(code / 4096)) tail
    return octal(240 + int(code / 262144)) octal(128 + int(code / 4096) % 64) tail
  }

  function number(digits, value, i) {
    for (i = 1; i <= 4; i++) {
      value = value * 16 + index("0123456789abcdef", tolower(substr(digits, i, 1))) - 1
    }
    return value
  }

  { text = text $0 "\n" }

  END {
    while (match(text, /"([^"\\]|\\.)*"|[][{}:,]/)) {
      token = substr(text, RSTART, RLENGTH)
      text = substr(text, RSTART + RLENGTH)
      if (token == ":" && depth == 1) key = before
      if (token ~ /^"/ && before == ":" && depth == 1 && key == "\"password\"") found = token
      if (token == "{" || token == "[") depth++
      if (token == "}" || token == "]") depth--
      before = token
    }
    text = substr(found, 2, length(found) - 2)
    while (match(text, /\\(u[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]|.)/)) {
      plain = substr(text, 1, RSTART - 1)
      escape = substr(text, RSTART + 1, RLENGTH - 1)
      text = substr(text, RSTART + RLENGTH)
      code = escape ~ /^u./ ? number(substr(escape, 2)) : 0
      # Characters beyond the first 65,536 come as two numbers.
      if (code >= 55296 && code < 56320) {
        high = code
        escape = ""
      } else if (escape ~ /^u./) {
        if (code >= 56320 && code < 57344) code = 65536 + (high - 55296) * 1024 + code - 56320
        escape = utf8(code)
      } else if (escape != "\"" && escape != "/") escape = "\\" escape
      printf "%s", plain escape
    }
    print text
  }')
if [ -z "$escaped" ]; then
  echo 'The secret has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.' >&2
  exit 1
fi
# With a character after it, because the shell takes newlines off the end.
password=$(printf '%b.' "$escaped")
give "${password%.}"
exec "$@"
