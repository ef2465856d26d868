import { draw } from "../../../commands/graph/command";
import type { Attributes, Synthesized } from "../../../commands/graph/module";

/** A policy document with one statement, or several. */
const policy = (...statements: object[]) => JSON.stringify({ Statement: statements });
const trusts = (Principal: object) => policy({ Action: "sts:AssumeRole", Principal });

/** What is drawn of a stack: its lines, without the first. */
const linesOf = (stack: Synthesized) => draw(stack).split("\n").slice(1, -1);

/** The arrows that are drawn of these resources. */
const arrowsOf = (resource: Synthesized["resource"], more: Synthesized = {}) =>
  linesOf({ ...more, resource }).filter((line) => /(?:-->|-\.->|---)/.test(line));

/** The boxes, by account. */
const boxesOf = (resource: Synthesized["resource"], more: Synthesized = {}) =>
  linesOf({ ...more, resource }).filter((line) => !/(?:-->|-\.->|---)/.test(line));

test("a role that a service may assume is assumed by Connect", () => {
  expect(
    draw({
      resource: {
        aws_iam_role: {
          app: { name: "app", assume_role_policy: trusts({ Service: "ec2.amazonaws.com" }) },
        },
      },
    }),
  ).toBe(`flowchart LR
  subgraph account1 ["Redpanda Connect's side, in the same account"]
    aws_iam_role_app["role app"]
    connect["Redpanda Connect<br/>trusted as ec2.amazonaws.com"]
  end
  connect -->|"assumes"| aws_iam_role_app
`);
});

describe("the accounts", () => {
  const role = { name: "r" };

  test.each<[string, Synthesized["resource"], title: string]>([
    [
      "a pipeline's is Redpanda's",
      { redpanda_pipeline: { p: { display_name: "p" } } },
      "Redpanda's account &lt;redpanda_aws_acct_id&gt;",
    ],
    [
      "that of roles of a provider of their own is another one",
      { aws_iam_role: { a: { ...role, provider: "aws.app" }, b: role } },
      "Redpanda Connect's account",
    ],
    [
      "that of roles of one provider is the same",
      {
        aws_iam_role: {
          a: { ...role, assume_role_policy: trusts({ Service: "ecs-tasks.amazonaws.com" }) },
          b: role,
        },
      },
      "Redpanda Connect's side, in the same account",
    ],
  ])("%s", (_what, resource, title) => {
    expect(boxesOf(resource)[0]).toBe(`  subgraph account1 ["${title}"]`);
  });

  test("a role of no service is the database's, one of another provider is Connect's", () => {
    const assume_role_policy = trusts({ AWS: "arn:aws:iam::123456789012:role/app" });
    expect(
      boxesOf({
        aws_iam_role: {
          ours: { name: "ours", assume_role_policy },
          theirs: { name: "theirs", assume_role_policy, provider: "aws.app" },
        },
      }),
    ).toEqual([
      `  subgraph account1 ["Redpanda Connect's account"]`,
      '    aws_iam_role_theirs["role theirs"]',
      '    app["role app"]',
      "  end",
      '  subgraph account2 ["Database account"]',
      '    aws_iam_role_ours["role ours"]',
      "  end",
    ]);
  });

  test("one that has nothing in it is not drawn", () => {
    expect(boxesOf({ aws_iam_role: { r: role } })).toEqual([
      '  subgraph account1 ["Database account"]',
      '    aws_iam_role_r["role r"]',
      "  end",
    ]);
    expect(draw({})).toBe("flowchart LR\n");
  });
});

describe("what stands in a box", () => {
  test("a role's tags, but not the one that is its name in the console", () => {
    const tags = { Name: "R", team: "${var.team}", stage: "b", paid: true };
    expect(boxesOf({ aws_iam_role: { r: { name: "r", tags } } })[1]).toBe(
      '    aws_iam_role_r["role r<br/>tag team = &lt;team&gt;<br/>tag stage = b<br/>tag paid = true"]',
    );
  });

  test("Aurora's product and the cluster's name, or the engine as it is", () => {
    const cluster = (engine: string) =>
      boxesOf({ aws_rds_cluster: { c: { engine, cluster_identifier: "c" } } })[1];
    expect(cluster("aurora-mysql")).toBe('    aws_rds_cluster_c[("Aurora MySQL<br/>c")]');
    expect(cluster("aurora-postgresql")).toBe('    aws_rds_cluster_c[("Aurora PostgreSQL<br/>c")]');
    expect(cluster("neptune")).toBe('    aws_rds_cluster_c[("neptune<br/>c")]');
  });

  test("what is not given is empty, and nothing that Mermaid would read", () => {
    expect(boxesOf({ aws_iam_role: { r: {} } })[1]).toBe('    aws_iam_role_r["role "]');
    expect(boxesOf({ aws_iam_role: { r: { name: 'a"<b>&c' } } })[1]).toBe(
      '    aws_iam_role_r["role a&quot;&lt;b&gt;&amp;c"]',
    );
  });

  test.each<[string, unknown, label: string]>([
    ["text", "plain", "plain"],
    ["a number", 42, "42"],
    ["null", null, ""],
    ["a variable", "${var.prefix}-r", "<prefix>-r"],
    ["a local", "${local.name}", "prefix-<region>"],
    ["the module's folder", "${path.module}/r", "./r"],
    ["what another resource is given", "${aws_iam_role.other.name}", "<prefix>-other"],
    ["what only an apply can know", "${aws_iam_role.other.arn}", "<arn>"],
    ["what nobody makes", "${aws_iam_role.nowhere.name}", "<name>"],
    ["of one of several", "${aws_iam_role.other[0].name}", "<prefix>-other"],
    ["of one by its key", '${aws_iam_role.other["a"].name}', "<prefix>-other"],
    ["what is looked up by itself", "${data.aws_iam_role.found.name}", "found-<prefix>"],
    ["what is looked up by something else", "${data.aws_iam_role.found.arn}", "<arn>"],
    ["of a look-up that nobody makes", "${data.aws_iam_role.nowhere.arn}", "<arn>"],
    ["the partition", "${data.aws_partition.current.partition}", "aws"],
    ["the partition's domain", "ec2.${data.aws_partition.current.dns_suffix}", "ec2.amazonaws.com"],
    ["another fact of the partition", "${data.aws_partition.current.id}", "<id>"],
    ["the last that is not null", '${coalesce(var.name, var.other, "usual")}', "usual"],
    ["the end of a path", '${basename("a/b/c.json")}', "c.json"],
    ["another function", "${upper(var.prefix)}", "<upper>"],
    ["a list", '${["a", "b"]}', "a,b"],
  ])("%s", (_what, name, label) => {
    const stack: Synthesized = {
      resource: {
        redpanda_topic: { t: { name } },
        aws_iam_role: { other: { name: "${var.prefix}-other" } },
      },
      locals: { name: "prefix-${var.region}" },
      data: { aws_iam_role: { found: { name: "found-${var.prefix}" } } },
    };
    const escaped = label.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    expect(linesOf(stack)).toContain(`    redpanda_topic_t["topic ${escaped}"]`);
  });
});

describe("trust", () => {
  const document = (Principal: object, more: object = {}) =>
    arrowsOf(
      {
        aws_iam_role: {
          r: {
            name: "r",
            assume_role_policy: policy({ Action: "sts:AssumeRole", Principal, ...more }),
          },
          s: { name: "s" },
        },
      },
      { variable: { optional: { default: null }, wanted: { default: "a" } } },
    );

  test("of a role of the module goes to it", () => {
    expect(document({ AWS: "${aws_iam_role.s.arn}" })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| aws_iam_role_s',
    ]);
  });

  test("of another role goes to a box of its own, which Connect assumes where it is drawn", () => {
    const role = {
      name: "r",
      assume_role_policy: trusts({ AWS: ["arn:aws:iam::123456789012:role/path/app"] }),
    };
    expect(arrowsOf({ aws_iam_role: { r: role } })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| app',
    ]);
    const redpanda_pipeline = { p: { display_name: "p" } };
    expect(arrowsOf({ aws_iam_role: { r: role }, redpanda_pipeline })).toEqual([
      '  connect -->|"assumes"| app',
      '  aws_iam_role_r -.->|"trusts"| app',
    ]);
  });

  test("of several services and roles has an arrow for each, once", () => {
    const Service = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"];
    expect(document({ Service, AWS: ["a", "b", "a"] })).toEqual([
      '  connect -->|"assumes"| aws_iam_role_r',
      '  connect -->|"assumes"| a',
      '  aws_iam_role_r -.->|"trusts"| a',
      '  connect -->|"assumes"| b',
      '  aws_iam_role_r -.->|"trusts"| b',
    ]);
  });

  test("says its conditions, and which of them a variable may leave out", () => {
    const Condition = {
      StringEquals: { "sts:ExternalId": "${var.optional}", "aws:a": "x${var.optional}" },
      StringLike: { "aws:b": "${var.wanted}", "aws:c": "${var.optional}x" },
    };
    expect(document({ AWS: "a" }, { Condition })).toEqual([
      '  aws_iam_role_r -.->|"trusts<br/>if sts:ExternalId = &lt;optional&gt;, if that is set<br/>if aws:a = x&lt;optional&gt;<br/>if aws:b = &lt;wanted&gt;<br/>if aws:c = &lt;optional&gt;x"| a',
    ]);
  });

  test.each<[string, unknown]>([
    ["no JSON", "{"],
    ["null", null],
    ["without statements", "{}"],
    ["not given", undefined],
  ])("of a policy that is %s is none", (_what, assume_role_policy) => {
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([]);
  });

  test("of one statement that is in no list is read too", () => {
    const assume_role_policy = { Statement: { Principal: { AWS: "a" } } };
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| a',
    ]);
  });

  test("as HCL's functions write it is the first turn of a loop", () => {
    const assume_role_policy =
      '${jsonencode({ Statement = [merge({ Principal = { AWS = "a" } }, { for id in compact([var.id]) : "Condition" => { StringEquals = { "sts:ExternalId" = id } } })] })}';
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([
      '  aws_iam_role_r -.->|"trusts<br/>if sts:ExternalId = &lt;id&gt;"| a',
    ]);
  });

  test("in a loop over a list that is written out is that of its first item", () => {
    const assume_role_policy =
      '${jsonencode({ Statement = [{ for id in [var.a, var.b] : "Principal" => { AWS = id } }] })}';
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| _a_',
    ]);
  });

  test("in a loop over what is no list is what the rest of it says", () => {
    const assume_role_policy =
      '${jsonencode({ Statement = [merge({ Principal = { AWS = "a" } }, { for id in var.ids : "Principal" => id })] })}';
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| a',
    ]);
  });

  test("of lists put together is that of all of them", () => {
    const assume_role_policy =
      '${jsonencode({ Statement = [{ Principal = { AWS = concat(["a"], distinct(["b"])) } }] })}';
    expect(arrowsOf({ aws_iam_role: { r: { name: "r", assume_role_policy } } })).toEqual([
      '  aws_iam_role_r -.->|"trusts"| a',
      '  aws_iam_role_r -.->|"trusts"| b',
    ]);
  });
});

describe("policies", () => {
  const target = { t: { name: "t" } };
  const assume = policy({
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Resource: "${aws_iam_role.t.arn}",
  });

  test.each<[string, Record<string, Record<string, Attributes>>, arrows: string[]]>([
    [
      "in a role of the module",
      {
        aws_iam_role: { ...target, r: { name: "r" } },
        aws_iam_role_policy: { p: { name: "p", role: "${aws_iam_role.r.id}", policy: assume } },
      },
      ['  aws_iam_role_r -->|"sts:AssumeRole, sts:TagSession<br/>policy p"| aws_iam_role_t'],
    ],
    [
      "in a role by its name",
      {
        aws_iam_role: target,
        aws_iam_role_policy: { p: { name: "p", role: "theirs", policy: assume } },
      },
      ['  theirs -->|"sts:AssumeRole, sts:TagSession<br/>policy p"| aws_iam_role_t'],
    ],
    [
      "in a user",
      {
        aws_iam_role: target,
        aws_iam_user: { u: { name: "u" } },
        aws_iam_user_policy: { p: { name: "p", user: "${aws_iam_user.u.name}", policy: assume } },
      },
      [
        '  connect -->|"has the access key of"| aws_iam_user_u',
        '  aws_iam_user_u -->|"sts:AssumeRole, sts:TagSession<br/>policy p"| aws_iam_role_t',
      ],
    ],
    [
      "attached to a role",
      {
        aws_iam_role: { ...target, r: { name: "r" } },
        aws_iam_policy: { p: { name: "p", policy: assume }, unused: { policy: assume } },
        aws_iam_role_policy_attachment: {
          a: { role: "${aws_iam_role.r.name}", policy_arn: "${aws_iam_policy.p.arn}" },
          managed: { role: "${aws_iam_role.r.name}", policy_arn: "arn:aws:iam::aws:policy/A" },
        },
      },
      ['  aws_iam_role_r -->|"sts:AssumeRole, sts:TagSession<br/>policy p"| aws_iam_role_t'],
    ],
    [
      "in a file, for whomever the role trusts",
      {
        aws_iam_role: { t: { name: "t", assume_role_policy: trusts({ AWS: ["a", "b"] }) } },
        local_file: {
          f: { filename: "./policy.json", content: assume },
          other: { filename: "./other" },
          text: { filename: "./text", content: "text" },
        },
      },
      [
        '  aws_iam_role_t -.->|"trusts"| a',
        '  aws_iam_role_t -.->|"trusts"| b',
        '  a -->|"sts:AssumeRole, sts:TagSession<br/>policy in policy.json"| aws_iam_role_t',
        '  b -->|"sts:AssumeRole, sts:TagSession<br/>policy in policy.json"| aws_iam_role_t',
      ],
    ],
    [
      "in a file, a copy of one that a role has",
      {
        aws_iam_role: { t: { name: "t", assume_role_policy: trusts({ AWS: "a" }) } },
        aws_iam_role_policy: { p: { name: "p", role: "a", policy: assume } },
        local_file: { f: { filename: "./policy.json", content: assume } },
      },
      [
        '  aws_iam_role_t -.->|"trusts"| a',
        '  a -->|"sts:AssumeRole, sts:TagSession<br/>policy p"| aws_iam_role_t',
      ],
    ],
  ])("%s", (_what, resource, arrows) => {
    expect(arrowsOf(resource)).toEqual(arrows);
  });

  test("to log in are about users of this cluster, and of others", () => {
    const Resource = [
      "arn:aws:rds-db:us-east-2:123456789012:dbuser:${aws_rds_cluster.c.cluster_resource_id}/iamuser",
      "${var.extra}",
    ];
    const resource = {
      aws_iam_role: { r: { name: "r" } },
      aws_rds_cluster: { c: { engine: "aurora-mysql", cluster_identifier: "c" } },
      aws_iam_role_policy: {
        p: {
          name: "p",
          role: "${aws_iam_role.r.id}",
          policy: policy({ Action: "rds-db:connect", Resource }),
        },
      },
    };
    expect(linesOf({ resource })).toEqual([
      '  subgraph account1 ["Database account"]',
      '    aws_iam_role_r["role r"]',
      '    aws_rds_cluster_c[("Aurora MySQL<br/>c")]',
      '    database_user_iamuser["database user iamuser"]',
      '    further_users_extra_["further users &lt;extra&gt;"]',
      "  end",
      "  database_user_iamuser --- aws_rds_cluster_c",
      '  aws_iam_role_r -->|"rds-db:connect<br/>policy p"| database_user_iamuser',
      '  aws_iam_role_r -->|"rds-db:connect<br/>policy p"| further_users_extra_',
    ]);
  });

  test("on what others have are not drawn", () => {
    const document = policy({ Action: "s3:GetObject", Resource: ["*", "arn:aws:s3:::a/*"] });
    expect(
      arrowsOf({
        aws_iam_role: { r: { name: "r" } },
        aws_iam_role_policy: { p: { name: "p", role: "${aws_iam_role.r.id}", policy: document } },
      }),
    ).toEqual([]);
  });

  test("to log in that nobody has are not drawn", () => {
    const content = policy({ Action: "rds-db:connect", Resource: "a" });
    expect(arrowsOf({ local_file: { f: { filename: "./f", content } } })).toEqual([]);
  });
});

describe("Connect", () => {
  const redpanda_pipeline = { p: { display_name: "p" } };
  const topics = {
    redpanda_pipeline,
    redpanda_topic: { t: { name: "t" }, u: { name: "u" } },
  };
  const acl = (topic: string, principal: string, operation: string) => ({
    resource_name: topic,
    principal,
    operation,
  });

  test("is what runs the pipeline, whoever is trusted besides", () => {
    const assume_role_policy = trusts({ Service: "ec2.amazonaws.com" });
    const aws_iam_role = { r: { name: "r", assume_role_policy } };
    expect(boxesOf({ redpanda_pipeline, aws_iam_role })[1]).toBe(
      '    connect["Redpanda Connect<br/>pipeline p"]',
    );
  });

  test("may do on a topic what its ACLs say, one arrow for each principal", () => {
    const redpanda_acl = {
      a: acl("${redpanda_topic.t.name}", "User:a", "READ"),
      b: acl("${redpanda_topic.t.name}", "User:a", "WRITE"),
      c: acl("${redpanda_topic.t.name}", "User:b", "READ"),
      d: acl("${redpanda_topic.u.name}", "User:a", "DESCRIBE"),
    };
    expect(arrowsOf({ ...topics, redpanda_acl })).toEqual([
      '  connect -->|"READ, WRITE<br/>as User:a"| redpanda_topic_t',
      '  connect -->|"READ<br/>as User:b"| redpanda_topic_t',
      '  connect -->|"DESCRIBE<br/>as User:a"| redpanda_topic_u',
    ]);
  });

  const database = (ingress: unknown) => ({
    aws_rds_cluster: {
      c: {
        engine: "aurora-mysql",
        cluster_identifier: "c",
        vpc_security_group_ids: ["${aws_security_group.g.id}"],
      },
    },
    aws_security_group: { g: { name: "g", ingress } },
  });

  test("reaches the database by the ports that its security group opens", () => {
    const ingress = [{ to_port: 3306 }, { to_port: 3307 }];
    expect(arrowsOf({ redpanda_pipeline, ...database(ingress) })).toEqual([
      '  connect -->|"TCP 3306<br/>security group g"| aws_rds_cluster_c',
      '  connect -->|"TCP 3307<br/>security group g"| aws_rds_cluster_c',
    ]);
  });

  test("is not connected where it is not drawn, or the security group is another's", () => {
    expect(arrowsOf(database([{ to_port: 3306 }]))).toEqual([]);
    const { aws_rds_cluster } = database([]);
    expect(arrowsOf({ redpanda_pipeline, aws_rds_cluster })).toEqual([]);
  });
});
