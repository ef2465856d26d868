import type { Entry, Marker, Step } from "./entry";
import { connect, connectDocs, iamGuide } from "./sources";
import { apply, awsEnvironment, pipelineRoleUse } from "./steps";

const aws = connect("internal/impl/postgresql/aws/aws.go");

const lookAtDbConnectRole: readonly Step[] = [
  {
    shell:
      "aws iam get-role --role-name <db_connect_role> --query 'Role.[AssumeRolePolicyDocument,Tags]'",
  },
];

/** How Go says that nothing answers at an address. */
const notReached =
  "i/o timeout|no such host|connection refused|reset by peer|EOF|no route to host|network is unreachable";

/** From the identity that Connect finds where it runs, over roles, to the signed token. */
export const roles: readonly Entry[] = [
  {
    id: "A2",
    text: "unable to load AWS config",
    pattern: /unable to load AWS config/,
    hop: "identity",
    speaker: "AWS",
    cause: "AWS's environment variables or profile where Connect runs cannot be read.",
    fix: {
      byoc: [
        "The environment is Redpanda's: give the cluster id <redpanda_cluster_id> and pipeline id <rpcn_pipeline_id> to its support.",
      ],
      ec2: [
        "Neither AWS_PROFILE nor AWS_CONFIG_FILE belongs in the container: the instance's role is found without them. Look for what is set:",
        awsEnvironment,
      ],
    },
    versions: ">= 4.71.0",
    source: aws,
  },
  {
    id: "A8",
    text: "AssumeRoleWithWebIdentity … AccessDenied / InvalidIdentityToken",
    pattern: /AssumeRoleWithWebIdentity.*(?:AccessDenied|InvalidIdentityToken|ExpiredToken)/s,
    hop: "identity",
    speaker: "AWS",
    cause:
      "The pod has a web identity token, but the pipeline role does not accept it: its trust in the cluster's OIDC provider is broken.",
    fix: {
      byoc: [
        "Redpanda manages that role's trust policy and reverts changes. See whether somebody changed it, with the credentials of Redpanda's account:",
        {
          shell:
            "aws iam get-role --role-name <trusted_principal_role_name> --query Role.AssumeRolePolicyDocument",
        },
        "Then give cluster id <redpanda_cluster_id> and this text to Redpanda's support.",
      ],
      ec2: [
        "An instance has no web identity: remove AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE from the container's environment, so that the instance's role is found.",
      ],
    },
    versions: ">= 4.71.0",
    source: iamGuide("id_roles_providers_oidc"),
  },
  {
    id: "A10b",
    text: "STS: AssumeRoleWithWebIdentity … dial tcp … i/o timeout / no such host",
    pattern: new RegExp(`STS: AssumeRoleWithWebIdentity.*(?:${notReached})`, "s"),
    hop: "identity",
    speaker: "AWS",
    cause: "Where Connect runs, AWS's token service cannot be reached.",
    fix: {
      byoc: [
        "Let the cluster's network reach sts.<region>.amazonaws.com:443, through its NAT gateway or its central egress. A VPC endpoint for STS has a private address, which pipelines reach only where allowed_destination_cidr_ports of the cluster allows it.",
      ],
      ec2: [
        "Let the instance reach it; if it does, this prints an XML error:",
        { shell: "curl --max-time 5 https://sts.<region>.amazonaws.com/" },
      ],
    },
    versions: ">= 4.71.0",
    source: iamGuide("id_credentials_temp_region-endpoints"),
  },
  {
    id: "A10",
    text: "STS: AssumeRole … dial tcp … i/o timeout / no such host / network is unreachable",
    // Where credentials come from may not be reached either, which is of the identity.
    pattern: new RegExp(
      `STS: (?:AssumeRole|GetCallerIdentity)(?!.*(?:failed to load credentials|ec2imds|operation error SSO)).*(?:${notReached})`,
      "s",
    ),
    hop: "role",
    speaker: "AWS",
    cause: "Where Connect runs, AWS's token service cannot be reached.",
    fix: {
      byoc: [
        "Let the cluster's network reach sts.<region>.amazonaws.com:443, through its NAT gateway or its central egress. A VPC endpoint for STS has a private address, which pipelines reach only where allowed_destination_cidr_ports of the cluster allows it.",
      ],
      ec2: [
        "Let the instance reach it; if it does, this prints an XML error:",
        { shell: "curl --max-time 5 https://sts.<region>.amazonaws.com/" },
      ],
    },
    versions: ">= 4.71.0",
    source: iamGuide("id_credentials_temp_region-endpoints"),
  },
  {
    id: "A7",
    text: "no EC2 IMDS role found / failed to refresh cached credentials",
    pattern:
      /no EC2 IMDS role found(?!.*StatusCode: (?!404))|failed to refresh cached credentials, (?:static credentials are empty|no valid providers)/s,
    hop: "identity",
    speaker: "AWS",
    cause: "Where Connect runs, there are no AWS credentials to start from.",
    fix: {
      byoc: [
        "This cluster's pipelines have no role of their own, as Redpanda's documentation says since 2026-08-07. See whether there is one and pods have used it, with the credentials of Redpanda's account:",
        pipelineRoleUse,
        "If so, ask Redpanda's support why the pod does not get it. If not, run Connect yourself with trusted_principal_arn set to its role, or start the chain with an access key (`--credentials static`).",
      ],
      ec2: [
        "The instance has no instance profile, or the container, one network hop further, cannot reach its metadata. From the instance:",
        {
          shell:
            "aws ec2 describe-instances --instance-ids <instance_id> --query 'Reservations[].Instances[].[IamInstanceProfile.Arn,MetadataOptions.HttpPutResponseHopLimit]' --output text --region <region>",
        },
        {
          shell:
            "aws ec2 modify-instance-metadata-options --instance-id <instance_id> --http-put-response-hop-limit 2 --region <region>",
        },
      ],
    },
    versions: ">= 4.71.0",
    source: connectDocs("guides/cloud/aws-iam-aurora/"),
  },
  {
    id: "A11",
    text: "RegionDisabledException / InvalidClientTokenId",
    pattern: /RegionDisabledException|InvalidClientTokenId/,
    hop: "role",
    speaker: "AWS",
    cause:
      "STS in the database's region does not know the identity: the account that Connect runs in has not enabled that region, or the access key is wrong or deleted.",
    fix: {
      byoc: [
        "With the credentials of Redpanda's account, see whether the region is enabled, and enable it:",
        { shell: "aws account get-region-opt-status --region-name <region>" },
        { shell: "aws account enable-region --region-name <region>" },
        "If the pipeline starts from an access key: create a new one, and pass it as a secret.",
      ],
      ec2: [
        "See whether the app role's account has the region enabled, and enable it:",
        { shell: "aws account get-region-opt-status --region-name <region>" },
        { shell: "aws account enable-region --region-name <region>" },
      ],
    },
    versions: ">= 4.71.0",
    source: iamGuide("id_credentials_temp_enable-regions"),
  },
  {
    id: "A9-boundary",
    text: "is not authorized to perform: sts:AssumeRole … because no permissions boundary allows the sts:AssumeRole action",
    pattern: /is not authorized to perform: sts:AssumeRole on resource: .*permissions boundary/s,
    hop: "role",
    speaker: "AWS",
    cause:
      "A permissions boundary on <principal> does not allow sts:AssumeRole, whatever policies it has. BYOVPC clusters have such a boundary.",
    fix: {
      byoc: [
        "See which one it is, with the credentials of Redpanda's account:",
        {
          shell:
            "aws iam get-role --role-name <principal_role> --query Role.PermissionsBoundary.PermissionsBoundaryArn --output text",
        },
        "It is created by your own Terraform for the BYOVPC cluster (agent_permission_boundary of terraform-aws-redpanda-byovpc): allow sts:AssumeRole on <iam_db_auth_role_arn> there. Then, if it is not done yet:",
        { shell: "<attach_policy_command>" },
      ],
      ec2: [
        "See which one it is, and allow sts:AssumeRole on <iam_db_auth_role_arn> in it:",
        {
          shell:
            "aws iam get-role --role-name <principal_role> --query Role.PermissionsBoundary.PermissionsBoundaryArn --output text",
        },
      ],
    },
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_access-denied"),
  },
  {
    id: "A9-deny",
    text: "is not authorized to perform: sts:AssumeRole … with an explicit deny in …",
    pattern:
      /is not authorized to perform: sts:AssumeRole on resource: .*(?:with an explicit deny in|because no (?:service|resource) control policy allows)/s,
    hop: "role",
    speaker: "AWS",
    cause:
      "A policy forbids it outright (the message names its kind: service control policy, resource control policy, …), and a Deny wins over every Allow.",
    fix: [
      "A policy of your organisation must make an exception: ask whoever manages it to let <principal> call sts:AssumeRole on <iam_db_auth_role_arn>. Whether it works then:",
      {
        shell:
          "aws iam simulate-principal-policy --policy-source-arn <principal_role_arn> --action-names sts:AssumeRole --resource-arns <iam_db_auth_role_arn> --query 'EvaluationResults[].[EvalDecision,OrganizationsDecisionDetail]'",
      },
    ],
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_access-denied"),
  },
  {
    id: "A9",
    text: "User: arn:aws:sts::…:assumed-role/redpanda-…-redpanda-connect-pipeline/… is not authorized to perform: sts:AssumeRole on resource: …",
    pattern:
      /User: arn:[\w-]+:sts::\d{12}:assumed-role\/redpanda-[a-z0-9]+-redpanda-connect-pipeline\/\S+ is not authorized to perform: sts:AssumeRole on resource: /,
    hop: "role",
    speaker: "AWS",
    cause:
      "The pipeline runs as its role <principal_role> (account <principal_account>), as it should, but that role may not assume <iam_db_auth_role_arn>. Most likely the policy is not attached yet.",
    fix: [
      "Add the generated policy as an inline policy to <principal_role>, with the credentials of Redpanda's account <principal_account>; the error then clears on its own:",
      {
        shell:
          "aws iam put-role-policy --role-name <principal_role> --policy-name <assume_role_policy> --policy-document file://<generated_policy_json>",
      },
      "If it is there already, look at the other side, with the credentials of the database account: the trust policy must name the role arn:aws:iam::<principal_account>:role/<principal_role>, the external id, if it asks for one, must be the pipeline's, and the tag redpanda_scope_redpanda_connect must be true:",
      ...lookAtDbConnectRole,
      "Trust and tag are in the module: `terraform apply` restores them. A pipeline role that was deleted and created again is another principal under the same name: `terraform apply -replace=aws_iam_role.allow_connect_to_aurora_iam_demo_user`.",
    ],
    versions: ">= 4.72.0",
    source: "https://github.com/supahcraig/RPCN-to-Aurora-via-IAM#missing-cross-account-policy",
  },
  {
    id: "A9-user",
    text: "User: arn:aws:iam::…:user/… is not authorized to perform: sts:AssumeRole on resource: …",
    pattern:
      /User: arn:[\w-]+:iam::\d{12}:user\/\S+ is not authorized to perform: sts:AssumeRole on resource: /,
    hop: "role",
    speaker: "AWS",
    cause:
      "Connect starts from the access key of an IAM user, <principal>, and that user may not assume <iam_db_auth_role_arn>.",
    fix: {
      byoc: [
        "The trust policy must name exactly that user: set trusted_principal_arn to <principal>, apply, and attach the policy to the user:",
        { shell: "terraform apply -var trusted_principal_arn=<principal>" },
        { shell: "<attach_policy_command>" },
        "If no access key was meant to be used: aws.id and aws.secret in the pipeline take precedence over its role. Remove them.",
      ],
      static: [
        "User, trust and policy are in the module. Restore them; the error then clears on its own:",
        apply,
        "If the message names another user than the module's, the pipeline has another key: create one for the right user, and pass it as access_key_id and secret_access_key, with access_key_version raised by one:",
        { shell: "<create_access_key_command>" },
      ],
      ec2: [
        "An access key takes precedence over the instance's role: remove AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from Connect's environment, and aws.id and aws.secret from the pipeline. Then stop the container, and run it again:",
        { shell: "<docker_run_command>" },
      ],
    },
    versions: ">= 4.72.0",
    source: aws,
  },
  {
    id: "A9-role",
    text: "User: arn:aws:sts::…:assumed-role/… is not authorized to perform: sts:AssumeRole on resource: …",
    pattern: /User: \S+ is not authorized to perform: sts:AssumeRole on resource: /,
    hop: "role",
    speaker: "AWS",
    cause: "Connect acts as <principal>, and that principal may not assume <iam_db_auth_role_arn>.",
    fix: {
      byoc: [
        "This is not the cluster's pipeline role but, it seems, the role of the machine: pods of this cluster get no identity of their own. Redpanda would revert a policy on the machine's role. See whether pods have ever used the pipeline role, with the credentials of Redpanda's account:",
        pipelineRoleUse,
        "Ask Redpanda's support whether pipelines of cluster <redpanda_cluster_id> get a role. If not, run Connect yourself with trusted_principal_arn set to its role, or start the chain with an access key (`--credentials static`).",
      ],
      ec2: [
        "The principal must be the app role, its policy must allow sts:AssumeRole on that role, and that role's trust policy must name it, with the same external id on both sides. Restore what the module says, then look:",
        apply,
        { shell: "aws iam list-attached-role-policies --role-name <principal_role>" },
        ...lookAtDbConnectRole,
        "If it is not the app role: the instance or task has the wrong role.",
      ],
    },
    versions: ">= 4.72.0",
    source: aws,
  },
  {
    id: "A5",
    text: "building IAM auth token: the provided endpoint is missing a port, or the provided port is invalid",
    pattern: /the provided endpoint is missing a port, or the provided port is invalid/,
    hop: "token",
    speaker: "AWS",
    cause: "aws.endpoint has no port, and the port is part of what the token signs.",
    fix: ["In the pipeline's aws block:", { yaml: "endpoint: <db_cluster_endpoint>:<db_port>" }],
    versions: ">= 4.71.0",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/feature/rds/auth/connect.go",
  },
];

/** What says that a role was assumed or a token signed: it proves nothing about the rest of the configuration. */
export const rolesMarkers: readonly Marker[] = [
  {
    id: "S2",
    text: "Successfully assumed role '…' with identity '…'",
    pattern: /^Successfully assumed role '/,
    level: "DEBUG",
    proves: ["start", "identity", "role"],
    source: aws,
  },
  {
    id: "S3",
    text: "IAM authentication token generated successfully",
    pattern: /^IAM authentication token generated successfully/,
    level: "DEBUG",
    proves: ["start", "identity", "role", "token"],
    source: aws,
  },
];
