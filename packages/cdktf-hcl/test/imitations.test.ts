import { renderSynthesized } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

/**
 * What the survey (docs/survey.md) found refused without need, imitated: the constructs are those of the
 * projects named, the values are ours.
 */
interface Imitation {
  readonly repository: string;
  readonly commit: string;
  readonly construct: string;
  readonly json: object;
  /** The file that it is in. */
  readonly hcl: string;
}

const provider = (name: string, source: string, version: string) => ({
  required_providers: { [name]: { source, version } },
});

const IMITATIONS: readonly Imitation[] = [
  {
    repository: "hashicorp/terraform-cdk",
    commit: "a0c56138e2b4c7b6c128bd7ba08a8e317df852af",
    construct:
      "packages/cdktf/test/dynamic-block.test.ts: a dynamic block of a type without schema",
    json: {
      resource: {
        acme_farm: {
          farm: {
            dynamic: {
              field: {
                for_each: '${toset(["north", "south"])}',
                content: { crop: "${field.value}" },
              },
            },
          },
        },
      },
    },
    hcl: `resource "acme_farm" "farm" {
  dynamic "field" {
    for_each = toset(["north", "south"])

    content {
      crop = field.value
    }
  }
}
`,
  },
  {
    repository: "AymanZahran/multi-cloud-k8s-boilerplate",
    commit: "dabfbebb10de182a433ab3e0a3874e3aeca839bc",
    construct: "cdktf.out/stacks/dev: version 3 of Azure's provider, with its block features",
    json: {
      provider: { azurerm: [{ features: {} }] },
      terraform: provider("azurerm", "azurerm", "3.68.0"),
    },
    hcl: `provider "azurerm" {
  features {}
}
`,
  },
  {
    repository: "Alsaheem/my-cdk-construct",
    commit: "6569ad0adb44fe3946ad5f09ab3b382be488549c",
    construct: "cdktf.out/stacks/lord-of-the-rings-dev: version 5 of Google's provider",
    json: {
      resource: {
        google_cloud_run_service: {
          shop: {
            name: "shop",
            location: "europe-west1",
            template: { spec: { containers: [{ image: "example.org/shop:1" }] } },
          },
        },
      },
      terraform: provider("google", "google", "5.4.0"),
    },
    hcl: `resource "google_cloud_run_service" "shop" {
  name     = "shop"
  location = "europe-west1"

  template {
    spec {
      containers {
        image = "example.org/shop:1"
      }
    }
  }
}
`,
  },
  {
    repository: "Alsaheem/my-cdk-construct",
    commit: "6569ad0adb44fe3946ad5f09ab3b382be488549c",
    construct: "the same: a resource of version 5 of Google's beta provider",
    json: {
      resource: {
        google_compute_region_network_endpoint_group: {
          shop: {
            provider: "google-beta",
            name: "shop",
            region: "europe-west1",
            cloud_run: { service: "shop" },
          },
        },
      },
      terraform: provider("google-beta", "google-beta", "5.4.0"),
    },
    hcl: `resource "google_compute_region_network_endpoint_group" "shop" {
  provider = google-beta

  name   = "shop"
  region = "europe-west1"

  cloud_run {
    service = "shop"
  }
}
`,
  },
  {
    repository: "TerraConstructs/base",
    commit: "c70e4fea4c03044295d5bb60273dc40b98f639b0",
    construct: "test/aws/compute/auto-scaling: user data of cloud-init in parts",
    json: {
      data: {
        cloudinit_config: {
          start: {
            gzip: false,
            part: [{ content: "#!/bin/sh\necho one\n", content_type: "text/x-shellscript" }],
          },
        },
      },
      terraform: provider("cloudinit", "hashicorp/cloudinit", "2.3.7"),
    },
    hcl: `data "cloudinit_config" "start" {
  gzip = false

  part {
    content_type = "text/x-shellscript"

    content = <<-EOT
      #!/bin/sh
      echo one
    EOT
  }
}
`,
  },
  {
    repository: "hugolesta/cdk-terra",
    commit: "69014cba76a27e4a77782389c7891fee7a77d8bf",
    construct: "ports of a container, Docker's provider of version 2",
    json: {
      resource: { docker_container: { web: { name: "web", ports: [{ internal: 80 }] } } },
      terraform: provider("docker", "kreuzwerker/docker", "2.19.0"),
    },
    hcl: `resource "docker_container" "web" {
  name = "web"

  ports {
    internal = 80
  }
}
`,
  },
  {
    repository: "chanwit/cdktf-app",
    commit: "6ae07b0d02c6552c568f254d15a61149e9895e2f",
    construct: "a value that is set in a chart, Helm's provider of version 2",
    json: {
      resource: { helm_release: { web: { name: "web", set: [{ name: "a.b", value: "c" }] } } },
      terraform: provider("helm", "helm", "2.6.0"),
    },
    hcl: `resource "helm_release" "web" {
  name = "web"

  set {
    name  = "a.b"
    value = "c"
  }
}
`,
  },
];

test.each(IMITATIONS)("$repository: $construct", ({ json, hcl }) => {
  const { files, refused } = renderSynthesized(JSON.stringify(json));
  expect(refused).toEqual([]);
  if (hasTerraform) expect(formattingOf(files)).toBe("");
  expect(Object.values(files)).toContain(hcl);
});
