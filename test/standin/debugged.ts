import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * A real provider that goes on from one command of Terraform's to the next, by the debug mode that
 * HashiCorp's providers have: starting one and reading its schema takes longer than most commands.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export class Debugged {
  /**
   * @param provider such as `hashicorp/aws`, which `terraform init` has installed
   * @param directory where it did
   * @throws {Error} with what the provider says, when it ends instead of waiting for Terraform
   */
  static async start(
    provider: string,
    { directory, env }: { readonly directory: string; readonly env: NodeJS.ProcessEnv },
  ): Promise<Debugged> {
    let folder = join(directory, ".terraform/providers/registry.terraform.io", provider);
    // A version and a platform, of which one alone is installed.
    for (const _ of ["version", "platform"]) folder = join(folder, only(readdirSync(folder)));
    const isProgram = (name: string) => name.startsWith("terraform-provider-");
    const program = join(folder, only(readdirSync(folder).filter(isProgram)));

    const child = spawn(program, ["-debug"], { env, stdio: ["ignore", "pipe", "pipe"] });
    const attached = await new Promise<string>((resolve, reject) => {
      let said = "";
      const listen = (text: string) => {
        said += text;
        const [, found] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(said) ?? [];
        if (found) resolve(found);
      };
      child.stdout.setEncoding("utf8").on("data", listen);
      child.stderr.setEncoding("utf8").on("data", listen);
      child.once("error", reject);
      child.once("close", () => reject(new Error(`${program} -debug: ${said}`)));
    });
    return new Debugged(JSON.parse(attached), async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    });
  }

  private constructor(
    /** Its entry in `TF_REATTACH_PROVIDERS`. */
    readonly attached: Record<string, unknown>,
    readonly close: () => Promise<void>,
  ) {}
}

function only(names: readonly string[]): string {
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) throw new Error(`not one, but ${names.length}`);
  return name;
}
