import type { Answer } from "../../programs/answer";
import { asCommand } from "../../programs/shell";

/** How the operator reaches AWS. */
export interface Login {
  /** @default - what `aws` finds by itself */
  readonly region?: string;
  /** @default - what `aws` finds by itself */
  readonly profile?: string;
}

/** AWS cannot be asked, or has no such cluster. The message is whole. */
export class AwsProblem extends Error {}

/** What `aws` says where nobody was asked, and what that means. */
const byText: readonly [pattern: RegExp, says: (login: Login, found: string) => string][] = [
  [
    /cannot be run: it is not on the PATH/,
    () =>
      "aws, the AWS CLI, is not on the PATH, and AWS is asked by it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html.",
  ],
  // https://github.com/boto/botocore/blob/develop/botocore/exceptions.py
  [
    /Unable to locate credentials|Partial credentials found/,
    () =>
      "aws finds no credentials. Name a profile with --profile (`aws configure list-profiles` lists yours), or set AWS_PROFILE.",
  ],
  [
    /SSO session associated with this profile has expired|Error loading SSO Token|Error when retrieving token from sso/,
    (login) =>
      `The SSO session has expired. Log in again: \`${asCommand("aws", ["sso", "login", ...profileOf(login)])}\`.`,
  ],
  [
    /reauthenticate using 'aws login'|Error loading login session token/,
    (login) =>
      `The login session has expired. Log in again: \`${asCommand("aws", ["login", ...profileOf(login)])}\`.`,
  ],
  [
    /The config profile \(([^)]*)\) could not be found/,
    (_, name) =>
      `aws has no profile ${JSON.stringify(name)}. \`aws configure list-profiles\` lists those there are.`,
  ],
  [
    /You must specify a region/,
    () => "aws knows no region. Name the cluster's with --region, such as --region us-east-2.",
  ],
  [
    /(?:Could not connect to the|Connect timeout on|Read timeout on) endpoint URL: "([^"]*)"/,
    (_, url) =>
      `${url} cannot be reached. Check the region (--region), the network, and the proxy that HTTPS_PROXY names.`,
  ],
  [
    /was ended, after/,
    () => "aws gave no answer in time. Check the network, and the proxy that HTTPS_PROXY names.",
  ],
];

/** What codes of AWS mean that are the same for every action. */
const byCode: Readonly<Record<string, (login: Login) => string>> = {
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  RequestExpired: expired,
  InvalidClientTokenId: unknownKey,
  AuthFailure: unknownKey,
  UnrecognizedClientException: unknownKey,
  SignatureDoesNotMatch: () =>
    "AWS does not accept the secret of the access key: copy it again, and check this machine's clock.",
};

function expired(login: Login): string {
  return `The temporary credentials have expired. Get new ones, such as by \`${asCommand("aws", ["sso", "login", ...profileOf(login)])}\`.`;
}

function unknownKey(): string {
  return "AWS does not know the access key: it was deleted, or the region is one that its account has not enabled. Check --profile and --region.";
}

/** Arguments that name the profile, if there is one. */
export const profileOf = ({ profile }: Login): string[] => (profile ? ["--profile", profile] : []);

/** Codes by which RDS and EC2 refuse for want of a permission. */
const denials = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];

/** Why nothing was answered, as a whole sentence; undefined where there is an answer. */
export function refusalOf(answer: Answer, action: string, login: Login): string | undefined {
  if ("value" in answer) return undefined;
  if ("unreadable" in answer) return `The answer to ${action} is not understood.`;
  if ("code" in answer) {
    const { code, says } = answer;
    if (denials.includes(code)) return `${action} is denied to these credentials.`;
    return byCode[code]?.(login) ?? asSentence(`${action} failed: ${says}`);
  }
  for (const [pattern, says] of byText) {
    const found = pattern.exec(answer.refused);
    if (found) return says(login, found[1] ?? "");
  }
  return asSentence(answer.refused);
}

const asSentence = (text: string) => text.replace(/[.]?$/, ".");

/** Whether it was for want of this permission alone: other questions may be answered. */
export const isDenied = (answer: Answer): boolean =>
  "code" in answer && denials.includes(answer.code);
