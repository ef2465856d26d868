import { assignments } from "../../../commands/discover/assignments";
import type { Cluster } from "../../../commands/discover/cluster";
import { findings } from "../../../commands/discover/findings";
import { edit } from "../../../commands/discover/tfvars";

const id = "curl3eo533cmsnt23dv0";
const cluster: Cluster = {
  state: "READY",
  type: "BYOC",
  cloud_provider: "AWS",
  connection_type: "PUBLIC",
  region: "us-east-2",
  nat_gateways: ["3.139.175.89/32"],
  redpanda_connect: { version: "4.92.0" },
};

const one = "NAT gateway: pipelines come from 3.139.175.89, the one address to let in.";
const noAccount =
  "AWS account: the API does not report it. Set redpanda_aws_acct_id to what `aws sts get-caller-identity --query Account` prints with the profile of the account in which the cluster runs.";
const closed =
  "Private addresses: pipelines reach none, because no rule allows one. Public ones they reach. A module with --network routed or peering prints the call that adds its rule: allow_egress_command.";
const version = "Redpanda Connect: 4.92.0, which logs in with IAM.";
const noVersion =
  "Redpanda Connect: the API reports no version. IAM logins require 4.71.0 for PostgreSQL and 4.72.0 for MySQL; the first lines of a pipeline's log tell its version.";
const misfit =
  "Run Redpanda Connect on a host of your own instead, which may write to this cluster: `rpcn-aurora synth --topology ec2 --output redpanda`.";

const iam = (account: string, name: string) => `arn:aws:iam::${account}:${name}`;
const boundary = (named: string) =>
  `BYOVPC: the cluster's roles have a permissions boundary${named}, and Redpanda's allows no sts:AssumeRole, whatever policy is attached to redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline. Extend the boundary first, in your own Terraform for the cluster, or start the chain with an access key: \`rpcn-aurora synth --credentials static\`.`;

test.each<[string, Partial<Cluster>, object]>([
  [
    "an ordinary one",
    {},
    {
      summary: `Cluster ${id}: BYOC, AWS, us-east-2`,
      fits: true,
      remarks: [one, version, closed, noAccount],
    },
  ],
  [
    "several NAT gateways",
    { nat_gateways: ["3.139.175.90/32", "3.139.175.89/32", "3.139.175.90/32"] },
    {
      networks: ["3.139.175.89/32", "3.139.175.90/32"],
      remarks: [
        "NAT gateways: pipelines come from any of 3.139.175.89, 3.139.175.90, so redpanda_cidrs lets in all of them.",
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "a central egress",
    { nat_gateways: [] },
    {
      networks: [],
      remarks: [
        "NAT gateways: the API names none, so the cluster's traffic leaves through a central egress. Set redpanda_cidr to the address of the hub's NAT gateway, as /32; whoever runs the hub network knows it.",
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "a BYOVPC cluster",
    {
      customer_managed_resources: {
        aws: {
          agent_instance_profile: { arn: iam("012345678901", "instance-profile/agent") },
          permissions_boundary_policy: { arn: iam("012345678901", "policy/boundary") },
          // Of the account that shares its network.
          node_security_group: {
            arn: "arn:aws:ec2:us-east-2:999999999999:security-group/sg-0123456789abcdef0",
          },
          cloud_storage_bucket: { arn: "arn:aws:s3:::bucket" },
          rpsql_security_group: undefined,
        },
      },
    },
    {
      summary: `Cluster ${id}: BYOC (BYOVPC), AWS, us-east-2`,
      fits: true,
      account: "012345678901",
      remarks: [
        boundary(" (arn:aws:iam::012345678901:policy/boundary)"),
        one,
        version,
        closed,
        "AWS account: 012345678901, from the ARNs of the cluster's own resources.",
      ],
    },
  ],
  [
    "a BYOVPC cluster whose resources do not agree on an account",
    {
      customer_managed_resources: {
        aws: {
          agent_instance_profile: { arn: iam("012345678901", "instance-profile/agent") },
          permissions_boundary_policy: { arn: iam("999999999999", "policy/x\u001b[2J") },
          utility_node_group_instance_profile: { arn: iam("999999999999", "instance-profile/u") },
        },
      },
    },
    { account: undefined, remarks: [boundary(""), one, version, closed, noAccount] },
  ],
  [
    "private connectivity",
    { connection_type: "PRIVATE" },
    {
      fits: true,
      remarks: [
        "Private connectivity: pipelines reach the default module's Aurora, which has a public address, through the NAT gateways; `rpcn-aurora synth --network routed` or `--network peering` makes one without. Terraform and rpk must run where the cluster's private endpoints can be reached.",
        one,
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one that is being made",
    { state: "CREATING" },
    {
      fits: true,
      remarks: [
        "State: CREATING. NAT gateways may still change: run this again when the cluster is ready.",
        one,
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one whose agent is not there yet",
    { state: "CREATING_AGENT", nat_gateways: [], redpanda_connect: null },
    {
      fits: true,
      networks: [],
      remarks: [
        "State: CREATING_AGENT. Redpanda waits for `rpk cloud byoc aws apply`. Run this again when the cluster is ready.",
        "NAT gateways: none yet. A cluster gets them while it is being created.",
        noVersion,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one that is being made and has no NAT gateways yet",
    { state: "CREATING", nat_gateways: null },
    {
      networks: [],
      remarks: [
        "State: CREATING. Run this again when the cluster is ready.",
        "NAT gateways: none yet. A cluster gets them while it is being created.",
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one that has failed",
    { state: "FAILED" },
    {
      fits: true,
      remarks: [
        "State: FAILED. Its pipelines may not run: Redpanda Cloud > the cluster says why.",
        one,
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one that is suspended",
    { state: "SUSPENDED" },
    {
      fits: true,
      remarks: [
        "State: SUSPENDED. Its pipelines do not run until it is resumed.",
        one,
        version,
        closed,
        noAccount,
      ],
    },
  ],
  [
    "one that is being deleted",
    { state: "DELETING_AGENT" },
    {
      fits: false,
      remarks: ["State: DELETING_AGENT. The cluster will be gone: choose another one."],
    },
  ],
  [
    "a dedicated one",
    { type: "DEDICATED" },
    {
      fits: true,
      networks: ["3.139.175.89/32"],
      remarks: [
        "Dedicated: pipelines have no role in an AWS account of yours, so they log in by an access key: `rpcn-aurora synth --credentials static`.",
        one,
        version,
        closed,
      ],
    },
  ],
  [
    "one of another type",
    { type: "SERVERLESS" },
    {
      fits: false,
      remarks: [
        `The cluster's type is SERVERLESS, and a module with a pipeline requires BYOC or DEDICATED. ${misfit}`,
      ],
    },
  ],
  [
    "one on another cloud",
    { cloud_provider: "GCP" },
    {
      fits: false,
      remarks: [`The cluster runs on GCP, and a module with a pipeline requires AWS. ${misfit}`],
    },
  ],
])("%s", (_name, differences, expected) => {
  expect(findings(id, { ...cluster, ...differences })).toMatchObject(expected);
});

test("of one about which the API says nothing, nothing is invented", () => {
  expect(findings(id, {})).toEqual({
    summary: `Cluster ${id}`,
    fits: true,
    networks: [],
    account: undefined,
    remarks: [
      "Type: the API does not report it. The default module requires BYOC, and `--credentials static` BYOC or DEDICATED: see Redpanda Cloud > the cluster > Overview.",
      "NAT gateways: the API names none, so the cluster's traffic leaves through a central egress. Set redpanda_cidr to the address of the hub's NAT gateway, as /32; whoever runs the hub network knows it.",
      noVersion,
      closed,
      noAccount,
    ],
  });
});

test.each([
  [
    { networks: ["3.139.175.89/32"], account: "012345678901" },
    [
      'redpanda_cidr        = "3.139.175.89/32"',
      'redpanda_aws_acct_id = "012345678901"',
      'redpanda_cluster_id  = "curl3eo533cmsnt23dv0"',
    ],
  ],
  [
    { networks: ["3.139.175.89/32", "3.139.175.90/32"] },
    [
      'redpanda_cidrs      = ["3.139.175.89/32", "3.139.175.90/32"]',
      'redpanda_cluster_id = "curl3eo533cmsnt23dv0"',
    ],
  ],
  [{ networks: [] }, ['redpanda_cluster_id = "curl3eo533cmsnt23dv0"']],
])("the lines for %j", (found, lines) => {
  const values = assignments(id, { summary: "", remarks: [], fits: true, ...found });
  expect(edit("", values).text.trimEnd().split("\n")).toEqual(lines);
});

test.each([
  [
    "4.70.9",
    "4.70.9, which cannot log in to PostgreSQL or MySQL with IAM. That requires 4.71.0 for PostgreSQL and 4.72.0 for MySQL: ask Redpanda's support for an upgrade.",
  ],
  [
    "3.99.0",
    "3.99.0, which cannot log in to PostgreSQL or MySQL with IAM. That requires 4.71.0 for PostgreSQL and 4.72.0 for MySQL: ask Redpanda's support for an upgrade.",
  ],
  [
    "v4.71.0",
    "v4.71.0, which cannot log in to MySQL with IAM. That requires 4.71.0 for PostgreSQL and 4.72.0 for MySQL: ask Redpanda's support for an upgrade.",
  ],
  ["4.72.0-rc1", "4.72.0-rc1, which logs in with IAM."],
  ["4.108", "4.108, which logs in with IAM."],
  ["5.0.0", "5.0.0, which logs in with IAM."],
  [
    "latest",
    "latest, which is not understood. IAM logins require 4.71.0 for PostgreSQL and 4.72.0 for MySQL; the first lines of a pipeline's log tell its version.",
  ],
])("the version %s", (version, remark) => {
  const { remarks } = findings(id, { ...cluster, redpanda_connect: { version } });
  expect(remarks[1]).toBe(`Redpanda Connect: ${remark}`);
});

test("the firewall's rules are told, as the API tells them", () => {
  const { remarks } = findings(id, {
    ...cluster,
    redpanda_connect: {
      version: "4.92.0",
      allowed_destination_cidr_ports: [
        { cidr: "10.200.0.0/16", port_start: 5432, port_end: 5432 },
        { cidr: "10.6.0.0/16", port_start: 8000, port_end: 8100 },
        { cidr: "10.7.0.1/32", port_start: 3306, port_end: 0 },
      ],
    },
  });
  expect(remarks[2]).toBe(
    "Private addresses: pipelines reach 10.200.0.0/16 port 5432, 10.6.0.0/16 ports 8000 to 8100, 10.7.0.1/32 port 3306, and no others. A module with --network routed or peering requires its network and port among them: allow_egress_command adds them.",
  );
});
