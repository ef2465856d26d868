import { Diagnosis } from "../../../commands/doctor/diagnosis";
import { mask } from "../../../commands/doctor/mask";
import { asText, reportOn } from "../../../commands/doctor/report";
import { examples } from "./examples";

const amz =
  "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIACANARY%2F20260120&X-Amz-Date=20260120T162706Z&X-Amz-Expires=900&X-Amz-Security-Token=canary1&X-Amz-Signature=canary2";

/** Each with a secret that has "canary" in it, and what is left. */
const cases: [what: string, text: string, masked: string][] = [
  [
    "DSN",
    "cannot parse `postgres://u:canary@h:5432/d?sslmode=require`",
    "cannot parse `postgres://u:***@h:5432/d?sslmode=require`",
  ],
  [
    "DSN with @ and / in the password",
    "dsn postgres://u:can@ary/canary@h/d failed",
    "dsn postgres://u:***@h/d failed",
  ],
  [
    "DSN with a blank in the password",
    'parse "postgres://u:can ary canary@h/d": invalid userinfo',
    'parse "postgres://u:***@h/d": invalid userinfo',
  ],
  ["MySQL DSN", "invalid DSN: u:ca:n/canary@tcp(h:3306)/d", "invalid DSN: u:***@tcp(h:3306)/d"],
  [
    "key/value DSN",
    "host=h user=u password=canary dbname=d",
    "host=h user=u password=*** dbname=d",
  ],
  [
    "key/value DSN, quoted",
    "host=h password='a \\'canary b' dbname=d",
    "host=h password=*** dbname=d",
  ],
  ["YAML", 'sasl: username: u, password: "a canary"', "sasl: username: u, password: ***"],
  [
    "JSON",
    '{"username":"u","password":"a \\"canary\\" b","x":1}',
    '{"username":"u","password":***,"x":1}',
  ],
  ["JSON inside JSON", '{\\"password\\":\\"canary\\",\\"x\\":1}', '{\\"password\\":***,\\"x\\":1}'],
  [
    "signed request",
    `GET https://h/?${amz} failed`,
    "GET https://h/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=***&X-Amz-Date=20260120T162706Z&X-Amz-Expires=900&X-Amz-Security-Token=***&X-Amz-Signature=*** failed",
  ],
  ["token as password", `postgres://u:h:5432/?Action=connect&${amz}@h/d`, "postgres://u:***@h/d"],
  ["header", "X-Amz-Security-Token: canary", "X-Amz-Security-Token: ***"],
  ["credential in JSON", '{"X-Amz-Credential": "canary/20260120"}', '{"X-Amz-Credential": "***"}'],
  ["token, encoded", "X-Amz-Security-Token%3Dcanary", "X-Amz-Security-Token%3D***"],
  ["CloudFront's signature, encoded", "h%2F%3FSignature%3Dcanary", "h%2F%3FSignature%3D***"],
  ["bearer token", "Authorization: Bearer canary0123456789", "Authorization: Bearer ***"],
  ["JWT", "token eyJjYW5hcnki.eyJjYW5hcnki.canary rejected", "token *** rejected"],
  ["token", "token=canary0123456789canary", "token=***"],
  ["access key", "key AKIACANARYCANARYCANA is unknown", "key AKIA*** is unknown"],
  ["session token", `session IQoJ${"canary".repeat(12)} has expired`, "session *** has expired"],
  ["secret key", "aws_secret_access_key = canary", "aws_secret_access_key = ***"],
  [
    "private key",
    "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY----- is bad",
    "*** is bad",
  ],
  ["a user's name of several letters", "postgres://user:canary@h/d", "postgres://user:***@h/d"],
  [
    "quotes of every kind around a blank",
    "'postgres://user:can ary@h' `postgres://user:can ary@h`",
    "'postgres://user:***@h' `postgres://user:***@h`",
  ],
  ["MySQL by a socket", "user:canary@unix(/tmp/mysql.sock)/d", "user:***@unix(/tmp/mysql.sock)/d"],
  [
    "signed request in a header, in JSON, and encoded",
    `X-Amz-Signature:canary {"X-Amz-Signature": "canary"} X-Amz-Signature%3Dcanary`,
    `X-Amz-Signature:*** {"X-Amz-Signature": "***"} X-Amz-Signature%3D***`,
  ],
  ["several, in capitals", "PASSWORD=canary Passwd: canary", "PASSWORD=*** Passwd: ***"],
  [
    "token in JSON",
    '"token" : "canary0123456789canary" token : canary0123456789canary',
    '"token" : "***" token : ***',
  ],
  ["basic authentication", "Basic  Y2FuYXJ5Y2FuYXJ5canary", "Basic ***"],
  ["JWT without a signature", "eyJjYW5hcnki.eyJjYW5hcnki was refused", "*** was refused"],
  ["temporary access key", "ASIACANARYCANARYCANA", "ASIA***"],
  ["session token of another kind", `FwoG${"canary".repeat(8)}`, "***"],
  ["and of a third", `FQoG${"canary".repeat(8)}`, "***"],
  ["private key cut off", "-----BEGIN PRIVATE KEY-----\ncanary", "***"],
  ["SCRAM without padding", ",p=canarycanarycanarycanary refused", ",p=*** refused"],
  [
    "STS's answer in XML",
    "<AccessKeyId>ASIACANARY</AccessKeyId><SecretAccessKey>canary</SecretAccessKey><SessionToken>canary==</SessionToken>",
    "<AccessKeyId>***</AccessKeyId><SecretAccessKey>***</SecretAccessKey><SessionToken>***</SessionToken>",
  ],
  ["external id in XML", "<ExternalId>canary</ExternalId>", "<ExternalId>***</ExternalId>"],
  [
    "external id",
    'role_external_id: canary "ExternalId": "canary"',
    'role_external_id: *** "ExternalId": ***',
  ],
  [
    "signature in a header",
    "Credential=ASIACANARY/20260120/us-east-2/sts/aws4_request, SignedHeaders=host, Signature=canary0",
    "Credential=***, SignedHeaders=host, Signature=***",
  ],
  ["API key in a header", "X-Api-Key: canary", "X-Api-Key: ***"],
  ["API key in JSON", '"x-api-key":"canary"', '"x-api-key":***'],
  ["password in XML", "<Password>canary</Password>", "<Password>***</Password>"],
  ["cookies", "Cookie: a=canary; b=canary", "Cookie: ***"],
  ["cookie", "Set-Cookie: session=canary; Path=/", "Set-Cookie: ***"],
  ["curl's user", "curl -sS -u admin:canary https://h", "curl -sS -u admin:*** https://h"],
  ["curl's user, without a blank", "curl -uadmin:canary https://h", "curl -uadmin:*** https://h"],
  [
    "curl's user, quoted",
    "curl --user 'admin:canary' https://h",
    "curl --user 'admin:***' https://h",
  ],
  ["mysql's password", "mysql -h h -u u -pcanary demo_db", "mysql -h h -u u -p*** demo_db"],
  ["mysql's password, quoted", "mysqldump -p'a canary' demo_db", "mysqldump -p*** demo_db"],
  ["mysqladmin's, in others", 'mysqladmin -p"a canary" ping', "mysqladmin -p*** ping"],
  ["mariadb's", "mariadb -u u -pcanary demo_db", "mariadb -u u -p*** demo_db"],
  ["licence in JSON", '{"license":"canary0123456789canary"}', '{"license":"***"}'],
  ["licence in TOML", "license = canary0123456789canary", "license = ***"],
  ["licence in the environment", "REDPANDA_LICENSE=canary", "REDPANDA_LICENSE=***"],
  ["licence in YAML", "license: canary0123456789canary", "license: ***"],
  [
    "licence",
    `invalid license ${"Canary01".repeat(10)}.${"Canary01".repeat(6)}`,
    "invalid license ***",
  ],
  [
    "refresh token",
    '{"refresh_token":"canary","expires_in":3600}',
    '{"refresh_token":***,"expires_in":3600}',
  ],
  ["JAAS", 'sasl.jaas.config="org.apache canary"', "sasl.jaas.config=***"],
  ["SCRAM", "c=biws,r=nonce,p=canarycanarycanarycanary= refused", "c=biws,r=nonce,p=*** refused"],
];

test.each(cases)("%s", (_what, text, masked) => {
  expect(mask(text)).toBe(masked);
});

test("a blank ends a password that is in no quotes", () => {
  const text = "see postgres://u:a b@h";
  expect(mask(text)).toBe(text);
});

test("the catalogue's texts stay as they are", () => {
  for (const { is } of Object.values(examples)) expect(mask(is)).toBe(is);
});

test.each(cases)("%s: no report has it, of a known message or an unknown one", (_what, text) => {
  for (const message of [`logical replication stream error: ${text}`, `error: ${text}`]) {
    const diagnosis = new Diagnosis();
    diagnosis.add({ message, level: "ERROR", time: text });
    const report = reportOn(diagnosis, { names: {} });
    expect(asText(report) + JSON.stringify(report)).not.toMatch(/canary/i);
  }
});

test("what a terminal would obey is not printed", () => {
  const diagnosis = new Diagnosis();
  diagnosis.add({ message: "error: \u001b[2J\u0007 gone\nnext", level: "ERROR" });
  expect(asText(reportOn(diagnosis, { names: {} }))).toContain("1 × error: [2J gone next\n");
});
