import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/resources/file */
export interface LocalFileConfig extends TerraformMetaArguments {
  /** Path of the file. Missing folders are created. */
  readonly filename: string;
  /** The text, UTF-8. It is in the state in plain: not for secrets. */
  readonly content: string;
  /**
   * Permission bits, in octal, such as `"0600"`.
   * @default - the provider's `"0777"`
   */
  readonly filePermission?: string;
}

/** A file that the apply writes and the destroy deletes. Any change replaces it. */
export class LocalFile extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: LocalFileConfig,
  ) {
    super(scope, id, { ...config, terraformResourceType: "local_file" });
  }

  protected override synthesizeAttributes() {
    return {
      filename: this.config.filename,
      content: this.config.content,
      file_permission: this.config.filePermission,
    };
  }
}
