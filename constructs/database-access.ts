import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Names } from "../engines/engine";
import { DataHttp } from "../providers/http";
import { redpandaNetworks } from "../variables/network";
import { DatabaseSecurityGroup } from "./database-security-group";

export interface DatabaseAccessProps {
  readonly names: Names;
  readonly vpcId: string;
  /** TCP port of the database: the only one that opens. */
  readonly port: number;
  /** Whether the operator's address is looked up where `admin_cidrs` names nobody. */
  readonly looksUpOperator: boolean;
}

/** Who reaches the database's port: Redpanda's NAT gateways and the operator, nobody else. */
export class DatabaseAccess extends Construct {
  readonly securityGroupId: string;
  /** What must exist before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Who may reach the database" });

    const { looksUpOperator, ...securityGroup } = props;
    if (looksUpOperator) this.lookUpOperator();
    new TerraformLocal(this, "local.redpanda_cidrs", `\${distinct(${redpandaNetworks.public})}`);
    if (looksUpOperator) {
      new TerraformLocal(
        this,
        "local.admin_cidrs",
        '${var.admin_cidrs != null ? var.admin_cidrs : ["${chomp(data.http.home_ip[0].response_body)}/32"]}',
      );
    }

    const admins = looksUpOperator ? "local.admin_cidrs" : "var.admin_cidrs";
    const group = new DatabaseSecurityGroup(this, "security-group", {
      ...securityGroup,
      cidrBlocks: Token.asList(`\${distinct(concat(${admins}, local.redpanda_cidrs))}`),
    });
    this.securityGroupId = group.securityGroupId;
    this.ready = group.ready;
  }

  private lookUpOperator(): void {
    const homeIp = new DataHttp(this, "http.home_ip", {
      count: Token.asNumber("${var.admin_cidrs == null ? 1 : 0}"),
      url: "https://checkip.amazonaws.com",
      lifecycle: {
        postcondition: [
          {
            condition:
              '${self.status_code == 200 && can(cidrnetmask("${chomp(self.response_body)}/32"))}',
            errorMessage:
              "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status ${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none.",
          },
        ],
      },
    });
    layout(homeIp, {
      comment:
        "The address from which Terraform runs, so that psql and mysql work from there. Set admin_cidrs where applies come from several places: otherwise each would let in only itself.",
    });
  }
}
