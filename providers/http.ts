import { TerraformDataSource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";

/** @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http */
export interface DataHttpConfig extends TerraformMetaArguments {
  /** Absolute `https://` URL, fetched with GET at every plan. */
  readonly url: string;
}

/**
 * The answer to one HTTP request. Any status is a success for this data source, 404 included:
 * whoever needs the body asserts `status_code` in a postcondition.
 */
export class DataHttp extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: DataHttpConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "http" });
  }

  protected override synthesizeAttributes() {
    return { url: this.config.url };
  }
}
