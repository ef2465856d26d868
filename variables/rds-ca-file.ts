import type { Variable } from "./variable";

const lineEnd = "[ \\\\t]*\\\\r?\\\\n";

/**
 * RE2, inside a string of HCL: one certificate in PEM, without the text that bundles may carry around it.
 * Its line ends belong to it, and a lone carriage return is none: the pipeline's YAML takes it in as it is.
 */
export const certificatePattern = `-----BEGIN CERTIFICATE-----${lineEnd}(?:[A-Za-z0-9+/=]+${lineEnd})+-----END CERTIFICATE-----`;

/** Certificates as a file, for a provider that takes no text. */
export const rdsCaFile: Variable = {
  type: "string",
  description:
    "File with the CA certificates in PEM that Terraform verifies the database's certificate against; a relative path starts where Terraform runs. Required before the first plan: `curl -fsS -w '\\n' https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem`",
  validation: [
    {
      condition: `\${can(regex("${certificatePattern}", file(var.rds_ca_file)))}`,
      errorMessage:
        "rds_ca_file is ${jsonencode(var.rds_ca_file)}, which is not a file with a PEM certificate. Fetch one, and give its path as seen from where Terraform runs: curl -fsS -w '\\n' https://truststore.pki.rds.amazonaws.com/${var.region}/${var.region}-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem",
    },
    {
      condition: '${!can(regex("^generated_.*rds-ca[.]pem$", basename(var.rds_ca_file)))}',
      errorMessage:
        "rds_ca_file is ${jsonencode(var.rds_ca_file)}, which the apply itself writes: a fresh checkout could not plan without it. Copy it to a name of your own, such as rds-ca.pem.",
    },
  ],
};
