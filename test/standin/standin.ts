import { Cloud } from "./cloud";
import { Provider, type World } from "./provider";
import { PROVIDERS } from "./schema";
import { Sockets } from "./sockets";

export interface StandInProps {
  /** Where Terraform runs: relative file names are relative to it. */
  readonly directory: string;
  /** Terraform's environment: `AWS_REGION` is read from it. @default - empty */
  readonly environment?: World["environment"];
  /** Instead of the usual answers. @default - the usual ones */
  readonly answers?: World["answers"];
  /** Providers that are real, such as `hashicorp/aws`. @default - none */
  readonly except?: string[];
}

/**
 * All providers, served by this process.
 *
 * What is applied here AWS need not accept: permissions, unique names and most rules for values are known
 * to real providers and to AWS alone.
 */
export class StandIn {
  static async start({ except = [], ...given }: StandInProps): Promise<StandIn> {
    const world: World = {
      environment: {},
      answers: {},
      cloud: new Cloud(),
      pipelineApi: {},
      calls: [],
      hooks: [],
      ...given,
    };
    const schemas = PROVIDERS.filter(
      ({ address }) => !except.some((name) => address.endsWith(`/${name}`)),
    );
    return new StandIn(world, await Sockets.open(schemas, (schema) => new Provider(schema, world)));
  }

  private constructor(
    readonly world: World,
    private readonly sockets: Sockets,
  ) {}

  /** For `TF_REATTACH_PROVIDERS`, in the environment of `terraform` or of a program that runs it. */
  get attached(): Record<string, unknown> {
    return this.sockets.attached;
  }

  /** Ends everything that was started. */
  close(): Promise<void> {
    return this.sockets.close();
  }
}
