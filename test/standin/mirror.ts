import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";

const HOST = "registry.terraform.io";
const DEPTH = 3;

/** Where to look. */
export interface Place {
  /** Names the configuration of Terraform. @default - this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Mirrors are not far below it. @default "/" */
  readonly root?: string;
}

/**
 * The directory that holds `registry.terraform.io` with a real provider: one that Terraform's own
 * configuration names, or else one not far below the root; undefined where there is none.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function mirrorDirectory(
  provider = "hashicorp/aws",
  { env = process.env, root = "/" }: Place = {},
): string | undefined {
  const [namespace = "", name] = provider.split("/");
  const hasProvider = (directory: string) =>
    subdirectories(join(directory, HOST, namespace)).some((path) => basename(path) === name);
  const configured = configuredMirrors(env).find(hasProvider);
  if (configured) return configured;
  let level = [root];
  for (let depth = 0; depth < DEPTH; depth++) {
    const found = level.find(hasProvider);
    if (found) return found;
    level = level.flatMap(subdirectories);
  }
  return undefined;
}

/** Paths of the filesystem mirrors in the file that Terraform would read. */
function configuredMirrors({ TF_CLI_CONFIG_FILE, HOME = homedir() }: NodeJS.ProcessEnv): string[] {
  let text: string;
  try {
    text = readFileSync(TF_CLI_CONFIG_FILE || join(HOME, ".terraformrc"), "utf8");
  } catch {
    return [];
  }
  const blocks = text
    .replace(/"[^"]*"|(?:#|\/\/).*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ""))
    .matchAll(/\bfilesystem_mirror\s*\{([^}]*)\}/g);
  return [...blocks].flatMap(([, block = ""]) => /\bpath\s*=\s*"([^"]*)"/.exec(block)?.[1] ?? []);
}

function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .map((entry) => ({ entry, path: join(directory, entry.name) }))
      .filter(({ path }) => !["/proc", "/sys", "/dev"].includes(path))
      .filter(({ entry, path }) => entry.isDirectory() || (entry.isSymbolicLink() && leads(path)))
      .map(({ path }) => path);
  } catch {
    // Not there, or not ours to read.
    return [];
  }
}

/** Whether a link leads to a directory. */
function leads(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Where what the registry gives is kept, so that it is fetched once. */
const cache = join(__dirname, "../../node_modules/.cache/rpcn-aurora-providers");

/**
 * A CLI configuration that installs these providers, each from the mirror that has it or else from
 * the registry, and no others.
 *
 * @param mirror where all of them are @default - the machine's mirror
 */
export function installation(providers: string[], mirror?: string): string {
  if (providers.length === 0) return "";
  const methods = providers.map((provider) => {
    const path = mirror ?? mirrorDirectory(provider);
    const include = `include = ${JSON.stringify([`${HOST}/${provider}`])}`;
    return path
      ? `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n    ${include}\n  }\n`
      : `  direct {\n    ${include}\n  }\n`;
  });
  const configuration = `provider_installation {\n${methods.join("")}}\n`;
  if (mirror || providers.every((provider) => mirrorDirectory(provider))) return configuration;
  mkdirSync(cache, { recursive: true });
  return `plugin_cache_dir = ${JSON.stringify(cache)}\n${configuration}`;
}

/** The file `versions_override.tf` by which a module takes a provider in this version alone. */
export function pinned(provider: string, version: string): string {
  const name = provider.split("/")[1];
  return `terraform {\n  required_providers {\n    ${name} = {\n      source = "${provider}"\n      version = "${version}"\n    }\n  }\n}\n`;
}

/** Why this real provider cannot be had here; empty when it can. Fetches it where there is a registry. */
export function missingProvider(provider: string, version: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  const configuration = join(folder, "terraform.rc");
  writeFileSync(configuration, installation([provider]));
  writeFileSync(join(folder, "main.tf"), pinned(provider, version));
  const { status } = spawnSync("terraform", ["init"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: configuration,
      TF_INPUT: "0",
    },
    timeout: 120_000,
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? [] : [`no ${provider} ${version} in a plugin mirror or from the registry`];
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
