import type { Entry } from "./entry";
import { apply } from "./steps";

const kubelet = (path: string) =>
  `https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/${path}`;

const toSupport = (why: string) =>
  `${why} Nodes, images and secrets of a BYOC cluster are Redpanda's: give cluster id <redpanda_cluster_id>, pipeline id <rpcn_pipeline_id> and this event to its support.`;

/** What Kubernetes says of a pod that does not start, or does not stay. */
export const pods: readonly Entry[] = [
  {
    id: "K1",
    text: "Back-off restarting failed container / CrashLoopBackOff",
    pattern: /Back-off restarting failed container|CrashLoopBackOff/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "The container ends again and again. Why stands in its own log, in the last lines before it ended.",
    fix: {
      byoc: [
        {
          shell:
            "rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\n' | npx rpcn-aurora doctor --pipeline <rpcn_pipeline_id>",
        },
      ],
      ec2: [{ shell: "kubectl logs --previous deployment/… | npx rpcn-aurora doctor" }],
    },
    vague: true,
    versions: "all",
    source: "https://github.com/kubernetes/kubernetes/issues/33336",
  },
  {
    id: "K2",
    text: "Failed to pull image / ErrImagePull / ImagePullBackOff",
    pattern: /Failed to pull image|ErrImagePull|ImagePullBackOff|Back-off pulling image/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "The node cannot fetch the image: the version does not exist, the registry is not reached, asks for a login, or refuses so many pulls.",
    fix: {
      byoc: [
        toSupport(
          "The registry must be reached from the cluster's subnets, through your firewall too.",
        ),
      ],
      ec2: [
        "Fetch it by hand, with the name that the event has:",
        { shell: "docker pull docker.redpanda.com/redpandadata/connect" },
      ],
    },
    versions: "all",
    source: kubelet("images/image_manager.go"),
  },
  {
    id: "K3",
    text: 'secret "…" not found / couldn\'t find key … in Secret … / configmap "…" not found',
    pattern: /(?:secret|configmap) "[^"]*" not found|couldn't find key \S+ in (?:Secret|ConfigMap)/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "The pod names a secret, a key of one, or a configuration that does not exist.",
    fix: {
      byoc: [
        "Is the secret there, with the scope of Redpanda Connect? The module creates <sasl_password_secret>:",
        { shell: "rpk security secret list" },
        apply,
        toSupport("If it is there:"),
      ],
      ec2: [
        "Look in the pod's namespace, and create what is missing:",
        { shell: "kubectl get secrets,configmaps" },
      ],
    },
    versions: "all",
    source: kubelet("kubelet_pods.go"),
  },
  {
    id: "K4",
    text: "FailedMount: Unable to attach or mount volumes: … timed out waiting for the condition",
    pattern: /FailedMount.*(?:Unable to attach or mount|timed out)|FailedAttachVolume/s,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "A volume of the pod does not come; an event before this one says why.",
    fix: {
      byoc: [toSupport("The event before it names the volume.")],
      ec2: [{ shell: "kubectl get events --sort-by .lastTimestamp" }],
    },
    vague: true,
    versions: "all",
    source: "https://kubernetes.io/docs/concepts/storage/volumes/",
  },
  {
    id: "K5",
    text: "Evicted: The node was low on resource: …",
    pattern: /The node was low on resource: /,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "The node had too little memory or disk, and ended the pod. Another one takes its place, and goes on at the last position.",
    fix: {
      byoc: [toSupport("If it happens again and again, the node pool is too small.")],
      ec2: [
        "Ask for what the pod really uses, and see what else is on the node:",
        { shell: "kubectl describe nodes | grep -A8 'Allocated resources'" },
      ],
    },
    versions: "all",
    source: kubelet("eviction/helpers.go"),
  },
  {
    id: "K6",
    text: "FailedScheduling: 0/… nodes are available",
    pattern: /0\/\d+ nodes are available: /,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "No node has room for the pod, or none may take it.",
    fix: {
      byoc: [
        "Stop pipelines that nobody needs, or ask for less: cpu_shares and memory_shares in redpanda.tf, then:",
        apply,
        toSupport("More nodes:"),
      ],
      ec2: [
        "Compare what the pod asks for with what the nodes have:",
        { shell: "kubectl describe nodes | grep -A8 'Allocated resources'" },
      ],
    },
    versions: "all",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/scheduler/framework/types.go",
  },
  {
    id: "K7",
    text: "FailedCreatePodSandBox: … failed to assign an IP address to container",
    pattern: /failed to assign an IP address to container/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "The node's subnet has no free addresses left.",
    fix: [
      "With the credentials of the account that Connect runs in, see how many are left:",
      {
        shell:
          "aws ec2 describe-subnets --query 'Subnets[].[SubnetId,CidrBlock,AvailableIpAddressCount]' --output text",
      },
      "Addresses that other things hold must be given back, or the cluster moved to larger subnets.",
    ],
    versions: "all",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html",
  },
];
