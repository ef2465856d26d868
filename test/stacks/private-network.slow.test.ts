import type { Flags } from "../combinations";
import { type fitting, together, workspaceOf } from "../module-workspace";
import { network } from "../redpandas-network";
import { describeWithTerraform } from "../standin/judges";
import type { Call, Reply } from "../standin/provider";
import type { Result } from "../standin/terraform";
import type { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

/**
 * AWS detaches no gateway from a VPC in which something has a public address, and the provider asks
 * again until its time is over: twenty minutes, here a second.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/vpc_internet_gateway.go
 */
function asAwsDetaches(workspace: Workspace) {
  return async ({ method, type, plannedState }: Call): Promise<Reply | undefined> => {
    if (method !== "ApplyResourceChange" || type !== "aws_internet_gateway" || plannedState) {
      return undefined;
    }
    for (let waited = 0; waited < 1000; waited += 20) {
      const isPublic = workspace
        .objectsOf("aws_rds_cluster_instance")
        .some(({ state }) => state.publicly_accessible);
      if (!isPublic) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { error: mapped };
  };
}

/** Terraform warns of a module that configures a provider itself. */
const errors = ({ diagnostics }: Result) =>
  diagnostics.filter(({ summary }) => summary !== "Redundant empty provider block");

const mapped =
  "detaching EC2 Internet Gateway: operation error EC2: DetachInternetGateway, api error DependencyViolation: Network vpc-0 has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.";

describeWithTerraform("A private network", () => {
  test("is applied, planned again and destroyed: both engines, routed and peered", async () => {
    await using workspace = await together({
      "postgres-routed": { flags: { engine: "postgres", network: "routed" } },
      "mysql-routed": { flags: { engine: "mysql", network: "routed" } },
      "postgres-peering": { flags: { engine: "postgres", network: "peering" } },
      "mysql-peering": { flags: { engine: "mysql", network: "peering", credentials: "static" } },
    });
    expect(errors(await workspace.init())).toEqual([]);
    expect(errors(await workspace.apply())).toEqual([]);
    expect(
      workspace.objectsOf("aws_rds_cluster_instance").map(({ state }) => state.publicly_accessible),
    ).toEqual([false, false, false, false]);
    expect(workspace.objectsOf("aws_internet_gateway", "aws_eip", "aws_nat_gateway")).toEqual([]);
    expect(await workspace.plan()).toMatchObject({ code: 0, actions: {} });
    expect(errors(await workspace.destroy())).toEqual([]);
    expect([...workspace.objects.values()]).toEqual([]);
  });

  describe("in place of a public one", () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await workspaceOf({ engine: "postgres" });
      workspace.onCall(asAwsDetaches(workspace));
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    });
    afterAll(() => workspace.close());

    const change = (flags: Flags) => {
      const [[, files] = []] = synthesized({ engine: "postgres", ...flags });
      for (const [name, text] of Object.entries(files ?? {})) workspace.write(name, text);
    };

    test("would wait for ever for the gateway to go, were it not for its other address", async () => {
      change({ network: "routed" });
      const text = workspace.read("network.tf");
      workspace.write("network.tf", text.replace(/^moved \{.*?^\}$/ms, ""));
      const { code, diagnostics } = await workspace.apply();
      expect({ code, errors: diagnostics.map(({ summary }) => summary) }).toEqual({
        code: 1,
        errors: [mapped],
      });
      expect(workspace.objectsOf("aws_rds_cluster_instance")[0]?.state.publicly_accessible).toBe(
        true,
      );
    });

    test("replaces nothing, and the gateway goes once the public address is gone, in one apply", async () => {
      change({ network: "routed" });
      const { code, diagnostics, actions } = await workspace.apply();
      expect({ code, diagnostics, actions }).toEqual({
        code: 0,
        diagnostics: [],
        actions: {
          "aws_internet_gateway.former": "delete",
          "aws_rds_cluster_instance.aurora_instance": "update",
          "aws_route_table.public[0]": "update",
        },
      });
      expect((await workspace.plan()).actions).toEqual({});
    });

    test("gets a peering by another apply, which replaces nothing either", async () => {
      change({ network: "peering" });
      const { code, diagnostics, actions } = await workspace.apply();
      expect({ code, diagnostics, actions }).toEqual({
        code: 0,
        diagnostics: [],
        actions: {
          'aws_route.redpanda["rtb-0aaaaaaaaaaaaaaa1"]': "create",
          'aws_route.redpanda["rtb-0aaaaaaaaaaaaaaa2"]': "create",
          "aws_route_table.public": "update",
          "aws_vpc.this": "move",
          "aws_vpc_peering_connection.redpanda": "create",
          "aws_vpc_peering_connection_accepter.redpanda": "create",
          "aws_vpc_peering_connection_options.accepter": "create",
          "aws_vpc_peering_connection_options.requester": "create",
        },
      });
      expect((await workspace.plan()).actions).toEqual({});
    });

    // docs/private-networks.md tells the way.
    test("is public again while the peering's provider is still configured", async () => {
      change({});
      workspace.write(
        "peering_provider.tf",
        'provider "aws" {\n  alias   = "redpanda"\n  region  = var.region\n  profile = "redpanda"\n}\n',
      );
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(workspace.objectsOf("aws_vpc_peering_connection", "aws_route")).toEqual([]);
      expect((await workspace.plan()).actions).toEqual({});
    });
  });

  const refusals: readonly (readonly [
    what: string,
    flags: Flags,
    props: { variables?: Record<string, unknown>; answers?: typeof fitting },
    error: string,
  ])[] = [
    [
      "subnets of another VPC",
      { network: "routed" },
      {
        variables: {
          vpc_id: "vpc-0342476ccc1ef05f5",
          subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
        },
      },
      'subnet_ids lists subnet-043c307ad7cec520a, which is in vpc-0342476ccc1ef05f4, and vpc_id is "vpc-0342476ccc1ef05f5". List subnets of that VPC, or correct vpc_id.',
    ],
    [
      "subnets in one zone",
      { network: "routed" },
      {
        variables: {
          vpc_id: "vpc-0342476ccc1ef05f4",
          subnet_ids: ["subnet-043c307ad7cec520a", "subnet-14848c8e444a4813a"],
        },
      },
      'subnet_ids is ["subnet-043c307ad7cec520a","subnet-14848c8e444a4813a"], all in one zone. Aurora requires subnets in at least two zones.',
    ],
    [
      "no VPC with Redpanda's tag",
      { network: "peering" },
      { answers: { "data.aws_vpcs": { ids: [] } } },
      "redpanda sees 0 VPCs with the tag Name = network-ch2c2ntioepec6ilaoog in us-east-2, and one is wanted: that of the Redpanda cluster. Give the profile of Redpanda's account, or name the VPC and its private route tables by redpanda_vpc_id and redpanda_route_table_ids, as a BYOVPC cluster requires.",
    ],
    [
      "two VPCs with Redpanda's tag",
      { network: "peering" },
      { answers: { "data.aws_vpcs": { ids: [network.vpc, "vpc-0bbbbbbbbbbbbbbbb"] } } },
      "redpanda sees 2 VPCs with the tag Name = network-ch2c2ntioepec6ilaoog in us-east-2, and one is wanted: that of the Redpanda cluster. Give the profile of Redpanda's account, or name the VPC and its private route tables by redpanda_vpc_id and redpanda_route_table_ids, as a BYOVPC cluster requires.",
    ],
    [
      "no route table with Redpanda's tags",
      { network: "peering" },
      { answers: { "data.aws_route_tables": { ids: [] } } },
      `${network.vpc} has no route table with the tags Name = network-ch2c2ntioepec6ilaoog and purpose = private. Name the private ones by redpanda_vpc_id and redpanda_route_table_ids: \`aws ec2 describe-route-tables --filters Name=vpc-id,Values=${network.vpc} --query 'RouteTables[].[RouteTableId,Tags]'\`.`,
    ],
    [
      "a VPC in another account than Redpanda's",
      { network: "peering" },
      { variables: { redpanda_aws_acct_id: "999999999999" } },
      `redpanda_aws_profile finds ${network.vpc} in account 861276079005, and redpanda_aws_acct_id is 999999999999. Give the profile of Redpanda's account, or correct the id.`,
    ],
    [
      "networks that overlap",
      { network: "peering" },
      { variables: { vpc_cidr: "10.0.128.0/20" } },
      `vpc_cidr is 10.0.128.0/20, which overlaps with Redpanda's VPC ${network.vpc}: 10.0.0.0/16. AWS peers no networks that overlap: choose another vpc_cidr.`,
    ],
    [
      "another region",
      { network: "peering" },
      { variables: { region: "eu-west-1" } },
      "region is eu-west-1, and the Redpanda cluster runs in us-east-2. This module makes peerings within one region: set region to the cluster's, or synthesize with --network routed, and make the way between the regions yourself.",
    ],
  ];

  test.each(refusals)(
    "is refused before anything is made: %s",
    async (_what, flags, props, error) => {
      await using workspace = await workspaceOf({ engine: "postgres", ...flags }, props);
      const { code, diagnostics } = await workspace.plan();
      expect(code).toBe(1);
      expect(diagnostics.map(({ detail }) => detail.split("\n\n")[0])).toContain(error);
    },
  );

  test("of a VPC that is there is its owner's: the module makes no part of it", async () => {
    await using workspace = await workspaceOf(
      { engine: "postgres", network: "routed" },
      {
        variables: {
          vpc_id: "vpc-0342476ccc1ef05f4",
          subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
        },
      },
    );
    const { code, diagnostics, actions } = await workspace.plan();
    expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
    expect(
      Object.keys(actions).filter((address) => /^aws_(vpc|subnet|route)/.test(address)),
    ).toEqual([]);
  });
});
