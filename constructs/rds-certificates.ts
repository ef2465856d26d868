import { type ITerraformDependable, TerraformLocal, Token } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Files } from "../outputs/output";
import { DataHttp } from "../providers/http";
import { certificatePattern } from "../variables/rds-ca-file";
import { GeneratedFile } from "./generated-file";

export interface RdsCertificatesProps {
  readonly files: Files;
  /** Whether Amazon Root CA 1 is taken as well, which Serverless v2 may need. */
  readonly amazonRoot: boolean;
}

/**
 * The certificates by which clients verify the database's own: as text, and as a file for psql and mysql.
 *
 * Serverless v2 clusters are documented both with certificates of RDS's own authorities and with
 * such of Amazon Trust Services; provisioned ones have the first alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
 */
export class RdsCertificates extends Construct {
  /** The certificates alone, one after the other, in PEM. */
  readonly pem: string;
  /** The same as a file. */
  readonly file: GeneratedFile;
  /** The file, which must be there before a client connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { files, amazonRoot }: RdsCertificatesProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Certificates" });

    const regional = fetchCertificates(
      this,
      "http.rds_ca",
      "https://truststore.pki.rds.amazonaws.com/${var.region}/${var.region}-bundle.pem",
    );
    layout(regional, { comment: "RDS's own certificate authorities in this region." });
    if (amazonRoot) {
      const root = fetchCertificates(
        this,
        "http.amazon_root_ca",
        "https://www.amazontrust.com/repository/AmazonRootCA1.pem",
      );
      layout(root, {
        comment: "Serverless v2 is documented with certificates of this authority too.",
      });
    }
    const fetched = ["rds_ca", ...(amazonRoot ? ["amazon_root_ca"] : [])].map(
      (name) => `data.http.${name}[*].response_body`,
    );

    const pem = new TerraformLocal(
      this,
      "local.rds_ca_pem",
      `\${join("\\n", regexall("${certificatePattern}", coalesce(var.rds_ca_pem, join("\\n", concat(${fetched.join(", ")})))))}`,
    );
    layout(pem, { comment: "The certificates alone, without the text around them." });

    this.pem = pem.asString;

    this.file = new GeneratedFile(this, "file", {
      files,
      address: "rds_ca",
      name: "rds-ca.pem",
      content: `${this.pem}\n`,
      permission: "0644",
      output: ["rds_ca_pem", "Certificates by which psql and mysql verify the database's own."],
    });
    this.ready = this.file.ready;
  }
}

function fetchCertificates(scope: Construct, id: string, url: string): DataHttp {
  return new DataHttp(scope, id, {
    count: Token.asNumber("${var.rds_ca_pem == null ? 1 : 0}"),
    url,
    lifecycle: {
      postcondition: [
        {
          // The data source takes a 404 for an answer.
          condition: `\${self.status_code == 200 && can(regex("${certificatePattern}", self.response_body))}`,
          errorMessage:
            "${self.url} returned no certificate (HTTP status ${self.status_code}). Check region and the connection to the internet, or set rds_ca_pem to the certificates' text.",
        },
      ],
    },
  });
}
