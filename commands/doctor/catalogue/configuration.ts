import type { Entry } from "./entry";
import { benthos, connect, pgx } from "./sources";
import { apply, runAndKeepLog } from "./steps";

const restoreConfiguration = {
  byoc: [
    "The module's pipeline passes the linter of the version that it names. Where somebody has changed it, this restores it:",
    apply,
  ],
  ec2: [
    "The module's pipeline passes the linter of the image in <docker_run_command>. Restore it, and run that image:",
    apply,
    { shell: "<docker_run_command>" },
  ],
};

/** A configuration that Connect cannot read, or does not accept. */
export const configuration: readonly Entry[] = [
  {
    id: "C1",
    text: "field … not recognised / is invalid when the component type is … / expected … value / field … is required",
    pattern:
      /Config lint error: .*(?:not recognised|is invalid when|expected \w+ value|is required(?! and was)|unable to infer|is deprecated)|linter errors, to prevent shutdown/s,
    hop: "config",
    speaker: "Redpanda Connect",
    cause:
      "The linter does not accept the configuration; file, line and column stand in front of what it says. A field that this module writes and it does not know means an older Connect.",
    fix: restoreConfiguration,
    versions: "all",
    source: benthos("internal/cli/common/service.go"),
  },
  {
    id: "C2",
    text: "configuration file read error: … yaml: line …",
    pattern: /\syaml: \S/,
    hop: "config",
    speaker: "Redpanda Connect",
    cause:
      "The configuration is no YAML: most often an indentation, a tab, or a quote that does not end.",
    fix: restoreConfiguration,
    versions: "all",
    source: "https://github.com/go-yaml/yaml/blob/v3.0.1/scannerc.go",
  },
  {
    id: "C3",
    text: "failed to init … open …: no such file or directory / permission denied",
    pattern:
      /(?:failed to init .*|root_cas_file.*)(?:open|read) \S+: (?:no such file or directory|permission denied|is a directory)/s,
    hop: "config",
    speaker: "Redpanda Connect",
    cause:
      "A file that the configuration names is not there where Connect runs, or may not be read.",
    fix: {
      byoc: [
        "Pods of BYOC have no files of yours: what was in a file belongs in the configuration, as root_cas in place of root_cas_file. This module's pipeline names no file:",
        apply,
      ],
      ec2: [
        "Mount the file into the container at the path that the message names, readable for its user. This module's pipeline names no file but its own:",
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: benthos("internal/tls/type.go"),
  },
  {
    id: "C4",
    text: "input type '…' was not recognised / unable to infer component type",
    pattern: /(?:input|output|processor|cache) type '[^']*' was not recognised/,
    hop: "config",
    speaker: "Redpanda Connect",
    cause:
      "This build of Connect does not have that component: it is older, or one without the enterprise inputs.",
    fix: {
      byoc: [
        "postgres_cdc and mysql_cdc are in every build of Redpanda Cloud, so the name is misspelt. Restore the configuration:",
        apply,
      ],
      ec2: ["Run the full image that the module names:", { shell: "<docker_run_command>" }],
    },
    versions: "all",
    source: benthos("internal/docs/format_yaml.go"),
  },
  {
    id: "C5",
    text: "field '…' is required and was not present in the config / only one field between … can be specified / unknown mechanism",
    pattern:
      /field '[^']+' is required and was not present in the config|only one field between .* can be specified|unknown mechanism: /,
    hop: "config",
    speaker: "Redpanda Connect",
    cause: "A component is not configured as it must be; the message names the field.",
    fix: restoreConfiguration,
    versions: "all",
    source: benthos("internal/docs/field.go"),
  },
  {
    id: "P45",
    text: "cannot parse `postgres://…`: failed to parse as URL",
    pattern: /failed to parse as (?:URL|keyword\/value)/,
    hop: "config",
    speaker: "Redpanda Connect",
    engine: "postgres",
    cause: "The DSN is no URL: a character in it must be written as %XX, or the port stands twice.",
    fix: [
      "In the pipeline's input, which this module has; IAM gives the password:",
      {
        yaml: "dsn: postgres://<iam_auth_user>@<db_cluster_endpoint>:5432/<db_name>?sslmode=verify-full&connect_timeout=10",
      },
      apply,
    ],
    versions: "all with postgres_cdc",
    source: pgx("pgconn/config.go"),
  },
];

/** The process: what ends it, and what does not let it begin. */
export const processes: readonly Entry[] = [
  {
    id: "E5",
    text: "configuration file read error: open …: no such file or directory / error mounting … to rootfs at …: not a directory",
    pattern:
      /configuration file read error: (?:open|read) \S+: (?:no such file or directory|permission denied|is a directory)|error mounting .* to rootfs at .*not a directory/s,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "Connect's own configuration is not where it looks for it: it is not mounted, not readable for the container's user, or a folder, which Docker makes where the host has no such file.",
    fix: {
      byoc: [
        "In Redpanda Cloud the configuration is mounted by Redpanda: give cluster id <redpanda_cluster_id>, pipeline id <rpcn_pipeline_id> and this text to its support.",
      ],
      ec2: [
        "The module writes generated_pipeline.yaml, and its command mounts it. Remove a folder that Docker has made of that name, then:",
        apply,
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: benthos("internal/config/reader.go"),
  },
  {
    id: "E2",
    text: "OOMKilled / Memory cgroup out of memory / fatal error: runtime: out of memory",
    pattern:
      /OOM-?[Kk]ill|OutOfMemoryError: Container killed|Memory cgroup out of memory|Out of memory: Killed process|runtime: (?:cannot allocate|out of) memory/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "The container's memory is too small for what it holds: batches of large rows, or several tables in a snapshot at once.",
    fix: {
      byoc: [
        "Send smaller batches (batching.count of the input), or give the pipeline more: memory_shares in redpanda.tf, in steps of 400M with 100m of cpu_shares each. Then:",
        apply,
      ],
      ec2: [
        "Send smaller batches (batching.count of the input), or run on a larger host. Whether the host ended it:",
        { shell: "sudo dmesg --ctime | grep -i 'out of memory'" },
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/",
  },
  {
    id: "E3",
    text: "panic: … / fatal error: concurrent map writes",
    // The runtime that gets no memory or no thread from the system is no fault of Connect.
    pattern: /panic: |fatal error: (?!runtime|newosproc|failed to reserve|out of memory)/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause:
      "Connect crashed: a fault of its own. It is started again, and goes on at the last position.",
    fix: {
      byoc: [
        "If it crashes again and again, give the cluster id <redpanda_cluster_id>, the pipeline id <rpcn_pipeline_id> and the lines that follow to Redpanda's support.",
      ],
      ec2: [
        "Run a newer image, and keep what it prints: with --rm, as in the module's command, a container takes its log away when it ends.",
        runAndKeepLog,
        "Give the lines that follow to https://github.com/redpanda-data/connect/issues. Of a crash whose log is gone Docker tells the exit code, 2 after a panic, while it is among its last 256 events:",
        {
          shell:
            "docker events --since 24h --until 0s --filter event=die --format '{{.Time}} {{.Actor.Attributes.image}} {{.Actor.Attributes.exitCode}}'",
        },
      ],
    },
    versions: "all",
    source: "https://github.com/golang/go/blob/go1.25.0/src/runtime/panic.go",
  },
  {
    id: "E4",
    text: "exec …: exec format error",
    pattern: /exec(?: user process)? .*exec format error/,
    hop: "start",
    speaker: "Redpanda Connect",
    cause: "The image is of another processor than the host: amd64 on Graviton, or the reverse.",
    fix: {
      byoc: [
        "Hosts and images are Redpanda's: give cluster id <redpanda_cluster_id> and this text to its support.",
      ],
      ec2: [
        "Fetch the host's own, and run it again:",
        {
          shell:
            "docker pull --platform linux/$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/') docker.redpanda.com/redpandadata/connect",
        },
        { shell: "<docker_run_command>" },
      ],
    },
    versions: "all",
    source: connect("resources/docker/Dockerfile"),
  },
];
