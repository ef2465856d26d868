import { renderModule } from "cdktf-hcl";
import { RootConstruct } from "constructs";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { EngineStack, type EngineStackProps } from "../../stacks/engine-stack";
import { templates } from "../../templates";
import { Rendered } from "../constructs/rendered";

const stack = (props: Partial<EngineStackProps> = {}) =>
  new EngineStack(new RootConstruct(), {
    engine: postgres,
    names: postgres.names.byoc,
    choices: { aurora: "new", database: "sql" },
    providers: ["aws", "local"],
    template: { destination: "cloud" },
    ...props,
  });

test("is named as its module's folder is, and knows engine and templates", () => {
  const made = stack({
    engine: mysql,
    names: mysql.names.ec2,
    choices: { aurora: "new", database: "exec" },
  });
  expect(made.node.id).toBe("aurora-mysql-ec2");
  expect(made.engine).toBe(mysql);
  expect(made.templates).toEqual(
    templates(mysql, { destination: "cloud", aurora: "new", database: "exec" }),
  );
});

test("wants the engine's own provider where Terraform makes the user", () => {
  const wanting = (engine: typeof mysql) =>
    new Rendered(renderModule(stack({ engine, choices: { aurora: "new", database: "provider" } })));
  const usual = new Rendered(renderModule(stack()));
  expect(wanting(postgres).differenceTo(usual)).toMatchInlineSnapshot(`
=== versions.tf
@ terraform
+    postgresql = {
+      source  = "cyrilgdn/postgresql"
+      version = "~> 1.26"
+    }
`);
  expect(wanting(mysql).differenceTo(usual)).toMatchInlineSnapshot(`
=== versions.tf
@ terraform
+    mysql = {
+      source  = "petoju/mysql"
+      version = "~> 3.0, >= 3.0.66"
+    }
`);
});
