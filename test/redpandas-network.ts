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

const isTagged = (filter: unknown) => JSON.stringify(filter ?? null).includes(`"${network.tag}"`);
