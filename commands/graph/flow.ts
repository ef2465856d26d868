import { engines } from "../../engines";
import type { Resource, SynthesizedModule } from "./module";

/** Boxes in accounts, and arrows between them. */
export interface Flow {
  readonly accounts: readonly { readonly title: string; readonly nodes: readonly Node[] }[];
  readonly edges: readonly Edge[];
}

export interface Node {
  readonly id: string;
  /** Lines. */
  readonly label: readonly string[];
  readonly shape: "box" | "database";
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Lines. */
  readonly label: readonly string[];
  /** Dotted: it allows, but nothing goes along it. */
  readonly kind: "goes" | "trusts" | "belongs";
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: Readonly<Record<string, unknown>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Account = "connect" | "database";

/**
 * Who assumes which role by which policy, trusted by whom, logs in as which database user, and
 * writes to which topic: all of it read from the module.
 */
export function flowOf(module: SynthesizedModule): Flow {
  return new Drawing(module).flow();
}

class Drawing {
  private readonly nodes = new Map<string, Node & { readonly account: Account }>();
  private readonly edges: Edge[] = [];

  constructor(private readonly module: SynthesizedModule) {}

  flow(): Flow {
    const { module } = this;
    this.connect();
    for (const role of this.chain) this.role(role);
    for (const user of module.ofType("aws_iam_user")) this.user(user);
    for (const cluster of module.ofType("aws_rds_cluster")) this.cluster(cluster);
    for (const role of this.chain) this.trust(role);
    for (const { holder, name, document } of this.policies()) this.policy(holder, name, document);
    for (const topic of module.ofType("redpanda_topic")) this.topic(topic);
    this.registry();
    this.connections();
    return {
      accounts: [
        { account: "connect", title: this.connectAccount() },
        { account: "database", title: "Database account" },
      ].map(({ account, title }) => ({
        title,
        nodes: [...this.nodes.values()].filter((node) => node.account === account),
      })),
      edges: this.edges,
    };
  }

  private connectAccount(): string {
    if (this.module.ofType("redpanda_pipeline").length > 0) {
      return "Redpanda's account <redpanda_aws_acct_id>";
    }
    return this.isOneAccount
      ? "Redpanda Connect's side, in the same account"
      : "Redpanda Connect's account";
  }

  /** The roles that lead to the database. The one by which RDS writes metrics does not. */
  private get chain(): Resource[] {
    return this.module
      .ofType("aws_iam_role")
      .filter((role) =>
        this.statements(role, "assume_role_policy").every(
          ({ Principal }) => !listOf(Principal?.Service).includes("monitoring.rds.amazonaws.com"),
        ),
      );
  }

  private get isOneAccount(): boolean {
    return this.module.ofType("aws_iam_role").every(({ attributes }) => !attributes.provider);
  }

  private role(role: Resource): void {
    const tags = Object.entries((this.module.value(role, "tags") ?? {}) as object)
      .filter(([key]) => key !== "Name")
      .map(([key, value]) => `tag ${key} = ${value}`);
    const isServices = this.statements(role, "assume_role_policy").some(
      ({ Principal }) => Principal?.Service,
    );
    const account = isServices || role.attributes.provider ? "connect" : "database";
    this.node(role.address, account, [`role ${this.module.text(role, "name")}`, ...tags]);
  }

  /** Where the pipeline runs, if the module says so; a service that is trusted says it too. */
  private connect(): void {
    for (const pipeline of this.module.ofType("redpanda_pipeline")) {
      const label = `pipeline ${this.module.text(pipeline, "display_name")}`;
      this.node(CONNECT, "connect", ["Redpanda Connect", label]);
    }
  }

  private user(user: Resource): void {
    this.node(user.address, "database", [`user ${this.module.text(user, "name")}`]);
    this.edge(CONNECT, user.address, ["has the access key of"]);
  }

  private cluster(cluster: Resource): void {
    const engine = this.module.text(cluster, "engine");
    const known = engines.find(({ auroraEngine }) => auroraEngine === engine);
    const name = this.module.text(cluster, "cluster_identifier");
    this.node(
      cluster.address,
      "database",
      [known ? `Aurora ${known.product}` : engine || "Aurora cluster that is there", name],
      "database",
    );
  }

  /** Dotted arrows from a role to whom it trusts; a service stands for what Connect runs on. */
  private trust(role: Resource): void {
    for (const { Principal = {}, Condition } of this.statements(role, "assume_role_policy")) {
      for (const principal of listOf(Principal.Service)) {
        this.node(CONNECT, "connect", ["Redpanda Connect", `trusted as ${principal}`]);
        this.edge(CONNECT, role.address, ["assumes"]);
      }
      for (const principal of listOf(Principal.AWS)) {
        const [own] = this.module.references(principal);
        const trusted = own ?? this.outsider(principal);
        this.edge(role.address, trusted, ["trusts", ...this.conditions(Condition)], "trusts");
      }
    }
  }

  /** A role or user that the module does not create: the pipeline role of a cluster. */
  private outsider(arn: string): string {
    const name = arn.split("/").at(-1) ?? arn;
    this.node(name, "connect", [`role ${this.module.display(name)}`]);
    if (this.nodes.has(CONNECT)) this.edge(CONNECT, name, ["assumes"]);
    return name;
  }

  /** Every policy, with who holds it: a role of the module, or, of a file, whoever will be given it. */
  private policies(): { holder: string | undefined; name: string; document: unknown }[] {
    const { module } = this;
    const inline = ["role", "user"].flatMap((kind) =>
      module.ofType(`aws_iam_${kind}_policy`).map((policy) => {
        const holder = module.value(policy, kind);
        return {
          holder: module.references(holder)[0] ?? String(holder),
          name: `policy ${module.text(policy, "name")}`,
          document: module.value(policy, "policy"),
        };
      }),
    );
    const attached = module.ofType("aws_iam_role_policy_attachment").flatMap((attachment) => {
      const [role] = module.references(module.value(attachment, "role"));
      const [address] = module.references(module.value(attachment, "policy_arn"));
      const policy = module.resources.find((one) => one.address === address);
      return policy
        ? [
            {
              holder: role,
              name: `policy ${module.text(policy, "name")}`,
              document: module.value(policy, "policy"),
            },
          ]
        : [];
    });
    const files = module.ofType("local_file").map((file) => ({
      holder: undefined,
      name: `policy in ${module.text(file, "filename").replace("./", "")}`,
      document: module.value(file, "content"),
    }));
    // A file with a policy that a role has already is only its copy.
    const held = [...inline, ...attached];
    const isCopy = ({ document }: { document: unknown }) =>
      held.some((policy) => isSame(statementsOf(policy.document), statementsOf(document)));
    return [...held, ...files.filter((file) => !isCopy(file))];
  }

  private policy(holder: string | undefined, name: string, document: unknown): void {
    for (const { Action, Resource, Condition } of statementsOf(document)) {
      const label = [listOf(Action).join(", "), name, ...this.conditions(Condition)];
      for (const resource of listOf(Resource)) {
        if (listOf(Action).includes("rds-db:connect")) {
          if (holder) this.edge(holder, this.databaseUser(resource), label);
        } else {
          const [role] = this.module.references(resource);
          // What others have is not drawn.
          if (!role) continue;
          for (const from of holder ? [holder] : this.trustedBy(role)) this.edge(from, role, label);
        }
      }
    }
  }

  private databaseUser(arn: string): string {
    const [cluster] = this.module.references(arn);
    // Users of other clusters are given whole, by a variable.
    const name = cluster ? `database user ${arn.split("/").at(-1)}` : `further users ${arn}`;
    this.node(name, "database", [name]);
    if (cluster) this.edge(name, cluster, [], "belongs");
    return name;
  }

  private trustedBy(role: string): string[] {
    return this.edges
      .filter(({ from, kind }) => from === role && kind === "trusts")
      .map(({ to }) => to);
  }

  private topic(topic: Resource): void {
    this.node(topic.address, "connect", [`topic ${this.module.text(topic, "name")}`]);
    const acls = this.module.ofType("redpanda_acl").filter(
      (acl) =>
        this.module.references(this.module.value(acl, "resource_name"))[0] === topic.address ||
        // Of all topics whose names begin alike: those of tables.
        (this.module.value(acl, "resource_pattern_type") === "PREFIXED" &&
          topic.attributes.for_each !== undefined),
    );
    const principals = new Set(acls.map((acl) => this.module.text(acl, "principal")));
    for (const principal of principals) {
      const operations = acls
        .filter((acl) => this.module.text(acl, "principal") === principal)
        .map((acl) => this.module.text(acl, "operation"));
      this.edge(CONNECT, topic.address, [operations.join(", "), `as ${principal}`]);
    }
  }

  /** Where schemas are registered: an arrow for each resource on which somebody has rights there. */
  private registry(): void {
    const acls = this.module.ofType("redpanda_schema_registry_acl");
    if (acls.length === 0) return;
    this.node(REGISTRY, "connect", ["Schema Registry"]);
    const place = (acl: Resource) => {
      const subjects = `subjects ${this.module.text(acl, "resource_name")}`;
      const isPrefix = this.module.text(acl, "pattern_type") === "PREFIXED";
      const isSubject = this.module.text(acl, "resource_type") === "SUBJECT";
      const on = isSubject ? `${subjects}${isPrefix ? "…" : ""}` : "the registry";
      return `on ${on}\nas ${this.module.text(acl, "principal")}`;
    };
    for (const one of new Set(acls.map(place))) {
      const operations = acls
        .filter((acl) => place(acl) === one)
        .map((acl) => this.module.text(acl, "operation"));
      this.edge(CONNECT, REGISTRY, [operations.join(", "), ...one.split("\n")]);
    }
  }

  /** From Connect to the database, by the port that the security group opens. */
  private connections(): void {
    for (const cluster of this.module.ofType("aws_rds_cluster")) {
      if (!this.nodes.has(CONNECT)) continue;
      for (const rule of this.module.ofType("aws_vpc_security_group_ingress_rule")) {
        const port = this.module.text(rule, "to_port");
        this.edge(CONNECT, cluster.address, [
          `TCP ${port}`,
          "rule in a security group that is there",
        ]);
      }
      const [address] = this.module.references(
        this.module.value(cluster, "vpc_security_group_ids"),
      );
      const group = this.module.resources.find((one) => one.address === address);
      if (!group) continue;
      for (const rule of listOf(this.module.value(group, "ingress"))) {
        const { to_port } = rule as unknown as { to_port: number };
        const name = this.module.text(group, "name");
        this.edge(CONNECT, cluster.address, [`TCP ${to_port}`, `security group ${name}`]);
      }
    }
  }

  private conditions(condition: Statement["Condition"] = {}): string[] {
    return Object.values(condition)
      .flatMap((tests) => Object.entries(tests))
      .map(([key, value]) => {
        const variable = /^<(\w+)>$/.exec(String(value))?.[1];
        const ifSet = variable && this.module.isOptional(variable) ? ", if that is set" : "";
        return `if ${key} = ${value}${ifSet}`;
      });
  }

  private statements(resource: Resource, attribute: string): Statement[] {
    return statementsOf(this.module.value(resource, attribute));
  }

  private node(id: string, account: Account, label: string[], shape: Node["shape"] = "box"): void {
    if (!this.nodes.has(id)) this.nodes.set(id, { id, account, label, shape });
  }

  private edge(from: string, to: string, label: string[], kind: Edge["kind"] = "goes"): void {
    const edge = { from, to, label, kind };
    if (!this.edges.some((one) => isSame(one, edge))) this.edges.push(edge);
  }
}

/** Where the pipeline runs. */
const CONNECT = "connect";
const REGISTRY = "schema_registry";

/** The statements of a policy, as an object or as JSON text; none where it is neither. */
function statementsOf(document: unknown): Statement[] {
  if (typeof document === "string") {
    try {
      return statementsOf(JSON.parse(document));
    } catch {
      return [];
    }
  }
  const { Statement: statements = [] } = (document ?? {}) as {
    Statement?: Statement | Statement[];
  };
  return Array.isArray(statements) ? statements : [statements];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as string[];
}
