import { describeWithTerraform } from "./judges";
import { Workspace } from "./workspace";

describeWithTerraform("terraform test", () => {
  test("runs against the stand-ins, and leaves nothing behind", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" { region = "us-east-2" }
          variable "cidr" {
            type = string
            validation {
              condition     = can(cidrhost(var.cidr, 0))
              error_message = "Not a network."
            }
          }
          resource "aws_vpc" "this" { cidr_block = var.cidr }`,
        "vpc.tftest.hcl": `
          variables { cidr = "10.0.0.0/16" }
          run "plans" {
            command = plan
            assert {
              condition     = aws_vpc.this.enable_dns_support
              error_message = "no DNS"
            }
          }
          run "applies" {
            assert {
              condition     = startswith(aws_vpc.this.id, "vpc-")
              error_message = "no id"
            }
          }
          run "refuses" {
            command = plan
            variables { cidr = "ten" }
            expect_failures = [var.cidr]
          }
          run "fails" {
            command = plan
            assert {
              condition     = aws_vpc.this.cidr_block == "10.0.0.0/8"
              error_message = "another network"
            }
          }`,
      },
    });
    await ws.init();
    const result = await ws.test();
    expect(result.code).toBe(1);
    expect(result.runs).toEqual({ plans: "pass", applies: "pass", refuses: "pass", fails: "fail" });
    expect(result.diagnostics).toMatchObject([
      { severity: "error", summary: "Test assertion failed", detail: "another network" },
    ]);
    expect(ws.objects.size).toBe(0);
  });
});
