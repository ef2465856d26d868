import { readdirSync } from "node:fs";
import { join } from "node:path";

const HOST = "registry.terraform.io";
const DEPTH = 3;

/**
 * The directory that holds `registry.terraform.io` with the real `hashicorp/aws`, not far below the
 * root; undefined where there is none.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function mirrorDirectory(): string | undefined {
  let level = ["/"];
  for (let depth = 0; depth < DEPTH; depth++) {
    const found = level.find((directory) =>
      subdirectories(join(directory, HOST, "hashicorp")).some((path) => path.endsWith("/aws")),
    );
    if (found) return found;
    level = level.flatMap(subdirectories);
  }
  return undefined;
}

function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(directory, name))
      .filter((path) => !["/proc", "/sys", "/dev"].includes(path));
  } catch {
    // Not there, or not ours to read.
    return [];
  }
}

/**
 * A CLI configuration that installs these providers from the mirror, and no others from anywhere.
 *
 * @throws when there is no mirror
 */
export function mirrorInstallation(providers: string[]): string {
  if (providers.length === 0) return "";
  const path = mirrorDirectory();
  if (!path) throw new Error(`No plugin mirror for ${providers.join(", ")} on this machine.`);
  const include = providers.map((provider) => `${HOST}/${provider}`);
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(path)}
    include = ${JSON.stringify(include)}
  }
}
`;
}

/**
 * The file `providers_override.tf` with which the real AWS provider plans what needs no API, without
 * credentials.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#skip_credentials_validation
 */
export const OFFLINE_AWS = `provider "aws" {
  access_key                  = "stand-in"
  secret_key                  = "stand-in"
  profile                     = null
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
`;
