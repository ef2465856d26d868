import type { Answer } from "./index";

/** The operator's own address, from the block that RFC 5737 keeps for documentation. */
export const HOME_IP = "203.0.113.7";

/** Self-signed and made for these tests: nobody has their keys. Valid from 2020 to 2120. */
export const RDS_CA_PEM = `-----BEGIN CERTIFICATE-----
MIIBkjCCATmgAwIBAgIBATAKBggqhkjOPQQDAjA4MRowGAYDVQQKDBFycGNuLWF1
cm9yYSB0ZXN0czEaMBgGA1UEAwwRU3RhbmQtaW4gUkRTIHJvb3QwIBcNMjAwMTAx
MDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMDgxGjAYBgNVBAoMEXJwY24tYXVyb3Jh
IHRlc3RzMRowGAYDVQQDDBFTdGFuZC1pbiBSRFMgcm9vdDBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABN9lWh5NGiM0HIcGOoNQG+WJvr0R7RhVM5/iGO34r558eGTA
aeEEcBRG2GrwUrF8pCxJDj0xLJc0a7ZQdo2w2k+jMjAwMA8GA1UdEwEB/wQFMAMB
Af8wHQYDVR0OBBYEFES4dKpkwJBXZbx+xGttDjt+Btr5MAoGCCqGSM49BAMCA0cA
MEQCIBcmbJcHcObLbwygAoA7qnPJW3wTsiWZT9nDptcPtLKNAiB0rzQn58rEEpQN
SkOiWRNisOQOgA0RssnKe0Om33u38w==
-----END CERTIFICATE-----
`;
export const AMAZON_ROOT_PEM = `-----BEGIN CERTIFICATE-----
MIIBkDCCATWgAwIBAgIBAjAKBggqhkjOPQQDAjA2MRowGAYDVQQKDBFycGNuLWF1
cm9yYSB0ZXN0czEYMBYGA1UEAwwPU3RhbmQtaW4gcm9vdCAxMCAXDTIwMDEwMTAw
MDAwMFoYDzIxMjAwMTAxMDAwMDAwWjA2MRowGAYDVQQKDBFycGNuLWF1cm9yYSB0
ZXN0czEYMBYGA1UEAwwPU3RhbmQtaW4gcm9vdCAxMFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAEhwTxe19OQY3I5ygPYahYdeS6WE8HgnTLWPe2NiblfO5QOn72Hs0w
n+m8FulI5Klh6lkt8NfTVF4ABiGFoEvmz6MyMDAwDwYDVR0TAQH/BAUwAwEB/zAd
BgNVHQ4EFgQUV7CKaIsmNoChK+5GXzg4QzIpqHUwCgYIKoZIzj0EAwIDSQAwRgIh
APqcQ6/kHhlVlqivjnccrBkfOpuBD7UyKQLButaY0MQiAiEAw7veVqc4dIi6axfJ
D7yHu1sTlUALGZlfVKAwluhHOfM=
-----END CERTIFICATE-----
`;

/** The web, as far as it is here. Everywhere else is a 404, which is no error of the data source. */
const PAGES: [RegExp, string][] = [
  [/checkip|ipify|icanhazip|ifconfig/, `${HOME_IP}\n`],
  [/^https:\/\/truststore\.pki\.rds\.amazonaws\.com\/.+\.pem$/, RDS_CA_PEM],
  [/^https:\/\/www\.amazontrust\.com\/repository\/AmazonRootCA1\.pem$/, AMAZON_ROOT_PEM],
];

/** https://registry.terraform.io/providers/hashicorp/http/3.5.0/docs/data-sources/http */
export const http: Record<string, Answer> = {
  "data.http": ({ values }) => {
    const page = PAGES.find(([url]) => url.test(String(values.url)))?.[1];
    const body = page ?? "404 Not Found\n";
    return {
      id: values.url,
      status_code: page === undefined ? 404 : 200,
      body,
      response_body: body,
      response_body_base64: Buffer.from(body).toString("base64"),
      response_headers: { "Content-Length": String(body.length) },
    };
  },
};
