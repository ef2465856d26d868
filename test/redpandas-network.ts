import type { Answer } from "./standin/answers";

/** Values for a network without a public address. */
export const privateValues = { redpanda_vpc_cidrs: ["10.0.0.0/16"] };

/** The VPC that Redpanda has made for the cluster. */
export const network = {
  tag: "network-ch2c2ntioepec6ilaoog",
  vpc: "vpc-0aaaaaaaaaaaaaaaa",
  cidrs: ["10.0.0.0/16"],
  tables: ["rtb-0aaaaaaaaaaaaaaa1", "rtb-0aaaaaaaaaaaaaaa2"],
};

/** What there is in Redpanda's account, by its tags. */
export const redpandasNetwork = {
  "data.aws_vpcs": ({ values }) => ({ ids: isTagged(values.filter) ? [network.vpc] : [] }),
  "data.aws_route_tables": ({ values }) => ({
    ids: isTagged(values.filter) && values.vpc_id === network.vpc ? network.tables : [],
  }),
  "data.aws_vpc": ({ values }) =>
    values.id === network.vpc
      ? {
          cidr_block: network.cidrs[0] ?? null,
          cidr_block_associations: network.cidrs.map((cidr_block, i) => ({
            association_id: `vpc-cidr-assoc-${i}`,
            cidr_block,
            state: "associated",
          })),
        }
      : {},
} satisfies Record<string, Answer>;

/** The same for providers without a profile, by which the others tell whose account it is. */
export const redpandasOwn = {
  ...redpandasNetwork,
  "data.aws_vpc": (subject) => ({
    ...redpandasNetwork["data.aws_vpc"](subject),
    owner_id: "861276079005",
  }),
} satisfies Record<string, Answer>;

const isTagged = (filter: unknown) => JSON.stringify(filter ?? null).includes(`"${network.tag}"`);
