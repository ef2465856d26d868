import { DatabaseSubnets, type DatabaseSubnetsProps } from "../../constructs/database-subnets";
import { rendered } from "./rendered";

const subnets = (props: Pick<DatabaseSubnetsProps, "isPublic" | "count">) =>
  rendered(
    (around) =>
      new DatabaseSubnets(around, "subnets", {
        vpcId: around.given("aws_vpc.this.id"),
        routeTableId: around.given("aws_route_table.public.id"),
        zones: "var.zones",
        ...props,
      }),
  );

test("a private subnet in each zone", () => {
  expect(subnets({ isPublic: false })).toMatchInlineSnapshot(`
=== main.tf
resource "aws_subnet" "public" {
  count = var.az_count

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(var.vpc_cidr, 2, count.index)
  availability_zone       = var.zones[count.index]
  map_public_ip_on_launch = false

  tags = { Name = "\${var.name_prefix}-private-\${var.zones[count.index]}" }

  # AWS adds zones to regions, and a subnet that moves to another zone is
  # replaced.
  lifecycle {
    ignore_changes = [availability_zone, tags["Name"]]

    precondition {
      condition     = var.az_count <= length(var.zones)
      error_message = "az_count is \${var.az_count}, but \${var.region} offers this account \${length(var.zones)} zones: lower az_count or choose another region."
    }
  }
}

resource "aws_route_table_association" "public" {
  count = var.az_count

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[count.index].id
}

=== what it hands out
subnetIds: \${aws_subnet.public[*].id}
zones: aws_subnet.public[*].availability_zone
ready:
  - aws_route_table_association.public
`);
});

test("public ones", () => {
  expect(
    subnets({ isPublic: true }).differenceTo(subnets({ isPublic: false })),
  ).toMatchInlineSnapshot(`
=== main.tf
@ aws_subnet.public
-  map_public_ip_on_launch = false
+  map_public_ip_on_launch = true
-  tags = { Name = "\${var.name_prefix}-private-\${var.zones[count.index]}" }
+  tags = { Name = "\${var.name_prefix}-public-\${var.zones[count.index]}" }
`);
});

test("as many as are wanted", () => {
  expect(
    subnets({ isPublic: false, count: "var.vpc_id == null ? var.az_count : 0" }).differenceTo(
      subnets({ isPublic: false }),
    ),
  ).toMatchInlineSnapshot(`
=== main.tf
@ aws_subnet.public
-  count = var.az_count
+  count = var.vpc_id == null ? var.az_count : 0

@ aws_route_table_association.public
-  count = var.az_count
+  count = var.vpc_id == null ? var.az_count : 0
`);
});
