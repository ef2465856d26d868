const hidden = "***";

/**
 * A value after `name=`, `name: ` or `"name":`: in quotes (with as many backslashes as the text that
 * quotes it gave them), or up to a blank. MySQL tells whether it was given a password.
 */
const value = String.raw`(?!YES\)|NO\))(?:(?<slashes>\\*)"(?:[\s\S]*?(?<!\\)\k<slashes>"|[\s\S]*$)|'(?:[^'\\]|\\.)*'|[^\s"'\\]\S*)`;

/** What is secret, each with what takes its place. */
const secrets: readonly [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // In quotes a password may hold blanks. Up to the last @, because it may hold that too.
  [/(["'`])([a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`]*):[^"'`\n]*@/gi, `$1$2:${hidden}@`],
  [/([a-z]:\/\/[^\s:/@]*):\S*@/gi, `$1:${hidden}@`],
  [/([^\s:@/"'`]):[^\s"'`]*@((?:tcp|unix)\()/g, `$1:${hidden}@$2`],
  [
    /(X-Amz-(?:Security-Token|Signature|Credential))(=|%3D|["']?:\s*["']?)[^\s&"'`]+/gi,
    `$1$2${hidden}`,
  ],
  [
    new RegExp(
      String.raw`((?:pass(?:word|wd|phrase)?|pwd|secret(?:_?(?:access_?)?key)?|client_secret|api[_-]?key|(?:session|access|refresh|id)[_-]?token|external[_-]?id|redpanda_license|licen[sc]e[_-]?key|private[_-]?key|sasl[._]jaas[._]config|cookie)\\*["']?\s*[=:]\s*)${value}`,
      "gi",
    ),
    `$1${hidden}`,
  ],
  // What STS answers, in XML.
  [/<(AccessKeyId|SecretAccessKey|SessionToken|ExternalId|Password)>[^<]*/gi, `<$1>${hidden}`],
  [/(Signature(?:=|%3D)|Credential=)[^\s,&"'`]+/g, `$1${hidden}`],
  [/(Cookie:)[^\n"']+/gi, `$1 ${hidden}`],
  // Programs that take a password as an argument.
  [/(curl.*?\s(?:-u|--user)[= ]?["']?[^\s:"']+:)[^\s"']+/g, `$1${hidden}`],
  [/((?:mysql|mariadb).*?\s-p)(?=\S)(?:"[^"]*"|'[^']*'|\S+)/g, `$1${hidden}`],
  [/(licen[sc]e["']?\s*[=:]\s*["']?)[\w+/=.-]{20,}/gi, `$1${hidden}`],
  // A licence is a payload and a signature, both in base64.
  [/[A-Za-z0-9+/]{60,}={0,2}\.[A-Za-z0-9+/_-]{40,}={0,2}/g, hidden],
  // "IAM auth token: assuming role" is no token: only what is long and opaque is.
  [/(token\\*["']?\s*[=:]\s*\\*["']?)[\w+/=.%-]{20,}/gi, `$1${hidden}`],
  [/(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${hidden}`],
  [/eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, hidden],
  // Session tokens and access keys as AWS writes them.
  [/(?:IQoJ|FwoG|FQoG)[\w+/=%]{40,}/g, hidden],
  [/(AKIA|ASIA)[A-Z0-9]{16}/g, `$1${hidden}`],
  // A client's proof in a SCRAM exchange.
  [/(,p=)[A-Za-z0-9+/]{20,}=*/g, `$1${hidden}`],
];

/**
 * The text without the secrets that a log record may hold: passwords in DSNs of any form and in
 * settings, tokens, keys, and what signs a request to AWS. When in doubt it hides too much.
 */
export function mask(text: string): string {
  return secrets.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text);
}
