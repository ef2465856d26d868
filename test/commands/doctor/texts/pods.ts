import type { Text } from "./text";

/** What Kubernetes says of a pod, as `kubectl get events` and `kubectl describe pod` print it. */
export const pods: readonly Text[] = [
  {
    id: "pod-back-off",
    log: "kubernetes",
    message:
      "12s         Warning   BackOff                pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Back-off restarting failed container connect in pod pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m_redpanda-connect(d2e0a8db-8113-11e6-a968-42010af001bf)",
    hop: "start",
    topology: "byoc",
    cause: "The container ends again and again; its own log says why.",
    known: "reported",
    source: "https://github.com/kubernetes/kubernetes/issues/33336",
  },
  {
    id: "pod-oom",
    log: "kubernetes",
    message:
      "3m          Warning   OOMKilling             node/ip-10-0-3-7.us-east-2.compute.internal   Memory cgroup out of memory: Killed process 21463 (redpanda-connec) total-vm:1843320kB, anon-rss:409112kB, file-rss:0kB, shmem-rss:0kB, UID:65532 pgtables:1124kB oom_score_adj:974",
    hop: "start",
    topology: "byoc",
    cause: "The container's memory is too small.",
    entries: ["E2"],
    known: "reported",
    source: "https://github.com/kubernetes/kubernetes/issues/69798",
  },
  {
    id: "pod-image-pull",
    log: "kubernetes",
    message:
      '45s         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to pull image "docker.redpanda.com/redpandadata/connect:4.106": rpc error: code = NotFound desc = failed to pull and unpack image "docker.redpanda.com/redpandadata/connect:4.106": failed to resolve reference "docker.redpanda.com/redpandadata/connect:4.106": docker.redpanda.com/redpandadata/connect:4.106: not found',
    hop: "start",
    topology: "byoc",
    cause: "The image's version is not there.",
    entries: ["K2"],
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/images/image_manager.go",
  },
  {
    id: "pod-image-back-off",
    log: "kubernetes",
    message:
      "30s         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Error: ImagePullBackOff",
    hop: "start",
    topology: "byoc",
    cause: "The image cannot be pulled.",
    entries: ["K2"],
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/images/types.go",
  },
  {
    id: "pod-image-unauthorized",
    log: "kubernetes",
    message:
      '31s         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to pull image "111122223333.dkr.ecr.us-east-2.amazonaws.com/connect:4.106.0": failed to authorize: pulling from host 111122223333.dkr.ecr.us-east-2.amazonaws.com failed with status code [manifests 4.106.0]: 401 Unauthorized',
    hop: "start",
    topology: "byoc",
    cause: "The node may not pull from the registry.",
    entries: ["K2"],
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/images/image_manager.go",
  },
  {
    id: "pod-mount-secret",
    log: "kubernetes",
    message:
      '12s         Warning   FailedMount            pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   MountVolume.SetUp failed for volume "kubeconfig" : secret "octant-kubeconfig" not found',
    hop: "start",
    topology: "byoc",
    cause: "A secret is not there.",
    entries: ["K3"],
    known: "reported",
    source: "https://github.com/vmware-archive/octant/issues/929",
  },
  {
    id: "pod-mount-configmap",
    log: "kubernetes",
    message:
      '52s         Warning   FailedMount            pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   MountVolume.SetUp failed for volume "config" : configmap "pipeline-config" not found',
    hop: "start",
    topology: "byoc",
    cause: "The configuration is not there.",
    entries: ["K3"],
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/volume/configmap/configmap.go",
  },
  {
    id: "pod-mount-timeout",
    log: "kubernetes",
    message:
      "16s         Warning   FailedMount            pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Unable to attach or mount volumes: unmounted volumes=[kubeconfig], unattached volumes=[default-token-vghl2 kubeconfig]: timed out waiting for the condition",
    hop: "start",
    topology: "byoc",
    cause: "A volume does not come.",
    known: "reported",
    source: "https://github.com/vmware-archive/octant/issues/929",
  },
  {
    id: "pod-config-error",
    log: "kubernetes",
    message:
      '9s          Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Error: secret "redpanda-connect-secrets" not found',
    hop: "start",
    topology: "byoc",
    cause: "A secret that a variable names is not there (CreateContainerConfigError).",
    entries: ["K3"],
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/kubelet_pods.go",
  },
  {
    id: "pod-config-key",
    log: "kubernetes",
    message:
      "9s          Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Error: couldn't find key SASL_PASSWORD in Secret redpanda-connect/redpanda-connect-secrets",
    hop: "start",
    topology: "byoc",
    cause: "The secret lacks a key.",
    entries: ["K3"],
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/kubelet_pods.go",
  },
  {
    id: "pod-evicted-disk",
    log: "kubernetes",
    message:
      "2m          Warning   Evicted                pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   The node was low on resource: ephemeral-storage. Threshold quantity: 2139512454, available: 1962036Ki. Container connect was using 16372Ki, request is 0, has larger consumption of ephemeral-storage. ",
    hop: "start",
    topology: "byoc",
    cause: "The node's disk is full.",
    entries: ["K5"],
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/eviction/helpers.go",
  },
  {
    id: "pod-evicted-memory",
    log: "kubernetes",
    message:
      "2m          Warning   Evicted                pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   The node was low on resource: memory. Threshold quantity: 100Mi, available: 80420Ki. Container connect was using 412Mi, request is 400Mi, has larger consumption of memory. ",
    hop: "start",
    topology: "byoc",
    cause: "The node's memory is full.",
    entries: ["K5"],
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/eviction/helpers.go",
  },
  {
    id: "pod-unschedulable",
    log: "kubernetes",
    message:
      "4m          Warning   FailedScheduling       pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
    hop: "start",
    topology: "byoc",
    cause: "No node has room.",
    entries: ["K6"],
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/scheduler/framework/types.go",
  },
  {
    id: "pod-sandbox",
    log: "kubernetes",
    message:
      '20s         Warning   FailedCreatePodSandBox pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9990041": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    hop: "start",
    topology: "byoc",
    cause: "The subnet has no addresses left.",
    entries: ["K7"],
    known: "documented",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html",
  },
  {
    id: "pod-eni",
    log: "kubernetes",
    message:
      "15s         Warning   FailedScheduling       pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   0/12 nodes are available: 12 Insufficient vpc.amazonaws.com/pod-eni.",
    hop: "start",
    topology: "byoc",
    cause: "No node has a network interface left for the pod.",
    entries: ["K6"],
    known: "reported",
    source: "https://github.com/aws/amazon-vpc-cni-k8s/issues/2494",
  },
  {
    id: "pod-pull-limit",
    log: "kubernetes",
    message:
      '54m         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to pull image "redpandadata/connect:4.106": rpc error: code = Unknown desc = Error reading manifest 4.106 in docker.io/redpandadata/connect: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    hop: "start",
    topology: "byoc",
    cause: "The registry refuses so many pulls.",
    entries: ["K2"],
    known: "reported",
    source: "https://github.com/red-hat-storage/ocs-ci/issues/3368",
  },
];
