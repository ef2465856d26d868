import type { Entry } from "./entry";
import { iamGuide } from "./sources";
import { apply, awsEnvironment, pipelineRoleUse } from "./steps";

const versions = ">= 4.71.0";
const giveToSupport =
  "What a pod starts from is Redpanda's: give cluster id <redpanda_cluster_id>, pipeline id <rpcn_pipeline_id> and this text to its support.";

/** Where Connect's first credentials come from, and why AWS does not take them. */
export const credentials: readonly Entry[] = [
  {
    id: "A12",
    text: "169.254.170.2 … connection refused / 169.254.170.23 … context deadline exceeded",
    pattern: /failed to load credentials.*169\.254\.170\.2/s,
    hop: "identity",
    speaker: "AWS",
    cause:
      "The agent that hands out credentials beside Connect does not answer: that of ECS at 169.254.170.2, that of EKS Pod Identity at 169.254.170.23.",
    fix: {
      byoc: [giveToSupport],
      ec2: [
        "In ECS, the task requires a task role, and its network mode must reach 169.254.170.2. In EKS, the add-on eks-pod-identity-agent must run on the node, and no NetworkPolicy may refuse 169.254.170.23:80:",
        { shell: "kubectl -n kube-system get daemonset eks-pod-identity-agent" },
      ],
    },
    versions,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  },
  {
    id: "A13",
    text: 'invalid endpoint host, "169.254.170.23", only loopback hosts are allowed',
    pattern: /invalid endpoint host, .*only loopback hosts are allowed/,
    hop: "identity",
    speaker: "Redpanda Connect",
    cause: "The AWS SDK in this build of Connect is older than EKS Pod Identity.",
    fix: {
      byoc: [giveToSupport],
      ec2: [
        "Run a newer image, or give the pod its role by the older way (IRSA: the annotation eks.amazonaws.com/role-arn of its service account).",
      ],
    },
    versions: "old builds",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html",
  },
  {
    id: "A14",
    text: "failed to retrieve jwt from provide source, unable to read file at …",
    pattern: /failed to retrieve jwt from provide source, unable to read file/,
    hop: "identity",
    speaker: "AWS",
    cause: "AWS_WEB_IDENTITY_TOKEN_FILE names a file that is not mounted, or may not be read.",
    fix: {
      byoc: [giveToSupport],
      ec2: [
        "In Kubernetes the file comes with the annotation eks.amazonaws.com/role-arn on the pod's service account, for pods that start after it. Elsewhere there is no such token: remove AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE from Connect's environment.",
      ],
    },
    versions,
    source:
      "https://github.com/aws/aws-sdk-go-v2/blob/main/credentials/stscreds/web_identity_provider.go",
  },
  {
    id: "A15",
    text: "ExpiredToken: The security token included in the request is expired",
    pattern: /ExpiredToken(?:Exception)?: The security token included in the request is expired/,
    hop: "identity",
    speaker: "AWS",
    cause: "The credentials that Connect starts from are temporary, and have expired.",
    fix: {
      byoc: [
        "Are they in the pipeline (aws.id, aws.secret, aws.token)? An access key without a token does not expire. Otherwise the pod's credentials were not renewed: restart the pipeline, and if that does not help, give cluster id <redpanda_cluster_id> to Redpanda's support.",
      ],
      ec2: [
        "Temporary keys, such as those of `aws sso login` or `aws configure export-credentials`, are not renewed inside a container. Remove them from its environment, so that the instance's role is found:",
        awsEnvironment,
        { shell: "<docker_run_command>" },
      ],
    },
    versions,
    source: iamGuide("id_credentials_temp_use-resources"),
  },
  {
    id: "A16",
    text: "SignatureDoesNotMatch: Signature expired / Signature not yet current",
    pattern: /Signature (?:expired|not yet current): \S+ is (?:now earlier|still later) than/,
    hop: "role",
    speaker: "AWS",
    cause:
      "The clock of the machine that Connect runs on is wrong by more than AWS allows: the message ends with the limit, 5 or 15 minutes.",
    fix: {
      byoc: [
        "The machine is Redpanda's: give cluster id <redpanda_cluster_id> and this text to its support.",
      ],
      ec2: [
        "Compare its clock with AWS's, and let chrony set it:",
        { shell: "date -u; curl -sI https://sts.<region>.amazonaws.com/ | grep -i '^date'" },
        { shell: "sudo systemctl restart chronyd && chronyc tracking" },
      ],
    },
    versions,
    source: iamGuide("signature-v4-troubleshooting"),
  },
  {
    id: "A17",
    text: "api error Throttling: Rate exceeded",
    pattern: /operation error STS: .*api error Throttling/s,
    hop: "identity",
    speaker: "AWS",
    cause:
      "STS limits the calls of this account and region. Connect tries again by itself; if it goes on, something else in the account calls STS all the time.",
    fix: [
      "CloudTrail tells who calls. The limit itself is raised in Service Quotas, with the credentials of the account that Connect runs in:",
      {
        shell:
          "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=sts.amazonaws.com --max-results 50 --query 'Events[].Username' --region <region>",
      },
    ],
    versions,
    source: iamGuide("reference_iam-quotas"),
  },
  {
    id: "A18",
    text: "api error ValidationError: … is invalid",
    // How long a session may be is said by the role, and not by the aws block.
    pattern:
      /operation error STS: .*STS: AssumeRole,.*api error ValidationError: (?!.*DurationSeconds)/s,
    hop: "config",
    speaker: "AWS",
    cause:
      "A value in the pipeline's aws block is not in the form that STS takes: the role must be an ARN, the external id 2 to 1224 characters without blanks.",
    fix: [
      "In the pipeline's aws block, which this module has:",
      { yaml: "roles: [{ role: <iam_db_auth_role_arn> }]" },
      apply,
    ],
    versions: ">= 4.72.0",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  },
  {
    id: "A10-tls",
    text: "operation error STS: … x509: certificate signed by unknown authority / is valid for …, not …",
    pattern:
      /operation error STS: .*(?:x509: (?:certificate signed by unknown authority|certificate is (?:not )?valid for|.*certificate is not trusted)|tls: first record does not look like a TLS handshake)/s,
    hop: "role",
    speaker: "Redpanda Connect",
    cause:
      "Something between Connect and AWS's token service answers in its place, with a certificate of its own: a proxy that opens TLS.",
    fix: {
      byoc: [
        "Let sts.<region>.amazonaws.com pass through the network's proxy or firewall without inspection.",
      ],
      ec2: [
        "Let sts.<region>.amazonaws.com pass without inspection, or mount the proxy's authority as a folder /authorities and add `--env SSL_CERT_DIR=/authorities`. Who answers:",
        {
          shell:
            "openssl s_client -connect sts.<region>.amazonaws.com:443 </dev/null 2>/dev/null | grep -m1 issuer",
        },
      ],
    },
    versions,
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "A9-tag",
    text: "is not authorized to perform: sts:TagSession on resource: …",
    pattern: /is not authorized to perform: sts:TagSession on resource: /,
    hop: "role",
    speaker: "AWS",
    cause:
      "<principal> hands its session tags on, as EKS Pod Identity does, and may not: the trust policy of the db-connect role, and the policy of that principal, must allow sts:TagSession beside sts:AssumeRole.",
    fix: {
      byoc: [
        "A BYOC pipeline's session has no tags: Connect runs with another identity than the pipeline role. See which one, and whether pods have used the pipeline role:",
        pipelineRoleUse,
      ],
      ec2: [
        "EKS Pod Identity need not send tags: switch them off in the association.",
        {
          shell:
            "aws eks update-pod-identity-association --cluster-name … --association-id … --disable-session-tags",
        },
        "Or add sts:TagSession to both policies. In the module they are in iam.tf.",
      ],
    },
    versions: ">= 4.72.0",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
  },
  {
    id: "A9-session",
    text: "… is not authorized to perform: sts:AssumeRole … because no session policy allows the sts:AssumeRole action",
    pattern:
      /is not authorized to perform: sts:AssumeRole on resource: .*no session policy allows/s,
    hop: "role",
    speaker: "AWS",
    cause:
      "The session of <principal> was opened with a policy of its own that leaves sts:AssumeRole out, whatever the role's policies allow.",
    fix: {
      byoc: [
        "Who opens the session sets that policy: here it is Redpanda. Give cluster id <redpanda_cluster_id> and this text to its support.",
      ],
      ec2: [
        "Allow sts:AssumeRole on <iam_db_auth_role_arn> in the policy that is passed where the session is opened (`--policy` of assume-role, or a permission set).",
      ],
    },
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_access-denied"),
  },
  {
    id: "A9-identity",
    text: "… is not authorized to perform: sts:AssumeRole … because no identity-based policy allows the sts:AssumeRole action",
    pattern:
      /User: \S+ is not authorized to perform: sts:AssumeRole on resource: .*no identity-based policy allows/s,
    hop: "role",
    speaker: "AWS",
    cause:
      "It is the side of <principal>: no policy of it allows sts:AssumeRole on <iam_db_auth_role_arn>, or the policy asks for the tag redpanda_scope_redpanda_connect = true, which the db-connect role does not have.",
    fix: {
      byoc: [
        "Attach the generated policy, with the credentials of the principal's account <principal_account>; the error then clears on its own:",
        { shell: "<attach_policy_command>" },
        "If it is attached, look at the tag, with the credentials of the database account; `terraform apply` restores it:",
        { shell: "aws iam list-role-tags --role-name <db_connect_role>" },
      ],
      ec2: [
        "The module gives that policy to the app role. Restore it, and see whether the principal is that role:",
        apply,
        { shell: "aws iam list-attached-role-policies --role-name <principal_role>" },
      ],
    },
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_access-denied"),
  },
  {
    id: "A9-resource",
    text: "… is not authorized to perform: sts:AssumeRole … because no resource-based policy allows the sts:AssumeRole action",
    pattern:
      /User: \S+ is not authorized to perform: sts:AssumeRole on resource: .*no resource-based policy allows/s,
    hop: "role",
    speaker: "AWS",
    cause:
      "It is the side of the db-connect role: its trust policy does not name <principal_role_arn>, or asks for another external id. A principal that was deleted and created again is another one under the same name.",
    fix: [
      "Look whom it trusts, with the credentials of the database account:",
      {
        shell:
          "aws iam get-role --role-name <db_connect_role> --query Role.AssumeRolePolicyDocument.Statement",
      },
      "The trust is in the module:",
      apply,
    ],
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_access-denied"),
  },
  {
    id: "A9-bare",
    text: "api error AccessDenied: Not authorized to perform sts:AssumeRole",
    pattern: /AccessDenied: Not authorized to perform sts:AssumeRole(?!With)/,
    hop: "role",
    speaker: "AWS",
    cause:
      "STS refuses and names no principal, as it does where the trust policy of the db-connect role does not let the caller in.",
    fix: [
      "The trust policy must name the role that Connect runs as, with the same external id as the pipeline:",
      {
        shell:
          "aws iam get-role --role-name <db_connect_role> --query Role.AssumeRolePolicyDocument.Statement",
      },
      "The trust is in the module:",
      apply,
      "Who calls, in the CloudTrail of the database account:",
      {
        shell:
          "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --query 'Events[].CloudTrailEvent' --output text --region <region>",
      },
    ],
    versions: ">= 4.72.0",
    source: iamGuide("troubleshoot_roles"),
  },
];
